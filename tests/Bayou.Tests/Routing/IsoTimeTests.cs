using System.Globalization;
using System.Text;
using Bayou.Grains.Routing;

namespace Bayou.Tests.Routing;

public class IsoTimeTests
{
    private const string Whole = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Milliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    [Theory]
    [InlineData(Whole)]
    [InlineData(Milliseconds)]
    public void TryTimestamp_of_days_of_all_years_agrees_with_DateTime(string format)
    {
        var random = new Random(20261121);
        for (var day = DateTime.MinValue; day < DateTime.MaxValue.AddDays(-20); day = day.AddDays(random.Next(1, 20)))
        {
            var instant = day.AddSeconds(random.Next(86_400)).AddMilliseconds(format == Milliseconds ? random.Next(1000) : 0);
            Assert.True(IsoTime.TryTimestamp(Encoding.ASCII.GetBytes(instant.ToString(format, CultureInfo.InvariantCulture)), out var microseconds));
            Assert.Equal((instant - DateTime.UnixEpoch).Ticks / 10, microseconds);
        }
    }

    [Theory]
    [InlineData(Whole)]
    [InlineData(Milliseconds)]
    public void TryTimestamp_of_a_changed_text_takes_what_DateTime_takes(string format)
    {
        var random = new Random(20261122);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)).ToString(format, CultureInfo.InvariantCulture).ToCharArray();
            var at = random.Next(text.Length);
            text[at] = (char)random.Next(' ', 0x7F);
            var expected = DateTime.TryParseExact(
                text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant);
            // A blank or a small letter may stand for the T, a small letter for the Z, and a zone, which the others do not have, for the end.
            if (at == 10 || at >= 19) continue;
            Assert.True(expected == IsoTime.TryTimestamp(Encoding.ASCII.GetBytes(text), out var microseconds), new string(text));
            if (expected) Assert.Equal((instant - DateTime.UnixEpoch).Ticks / 10, microseconds);
        }
    }
}
