namespace Bayou.Sinks.Postgres;

/// <summary>Instants and days as PostgreSQL counts them, from 2000-01-01. What it cannot hold becomes a value that it refuses, never one of its infinities.</summary>
internal static class PostgresTime
{
    private const long EpochMicroseconds = 946_684_800_000_000;
    private const int EpochDays = 10_957;

    // Out of the server's range, and not what it takes for an infinity.
    private const long RefusedTimestamp = long.MinValue + 1;
    private const int RefusedDate = int.MinValue + 1;

    /// <summary>Microseconds since 1970 in PostgreSQL's count.</summary>
    public static long Timestamp(long microseconds) =>
        microseconds <= long.MinValue + EpochMicroseconds || microseconds == long.MaxValue ? RefusedTimestamp : microseconds - EpochMicroseconds;

    /// <summary>Days since 1970 in PostgreSQL's count.</summary>
    public static int Date(int days) => days <= int.MinValue + EpochDays ? RefusedDate : days - EpochDays;
}
