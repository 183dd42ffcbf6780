using System.Reflection;
using Bayou.Definitions;
using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Kit;

/// <summary>The kit over a <see cref="CarelessSink"/>; not public, so that xunit leaves running it to <see cref="RunAsync"/>.</summary>
internal sealed class CarelessContract : TransactionalSinkContractTests
{
    private readonly CarelessStore _store = new();
    private readonly Mistake _mistake;

    private CarelessContract(Mistake mistake)
    {
        _mistake = mistake;
        Factory = new KitSinkFactory("careless", context => new CarelessSink(context, _store, mistake));
    }

    protected override ISinkFactory Factory { get; }

    protected override SinkDefinition Sink => new() { Kind = "careless", Options = [] };

    /// <summary>Names of the kit's tests that fail over a sink with a mistake, ordered.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(Mistake mistake)
    {
        var failed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var test in typeof(CarelessContract).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
        {
            // The largest batches take the longest, and the small ones show the same mistakes.
            if (mistake != Mistake.None && test.Name == nameof(Write_large_values_and_many_rows_keeps_them)) continue;
            var rows = test.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(test)).Select(row => row ?? [null!]).DefaultIfEmpty([]);
            foreach (var row in rows)
            {
                try
                {
                    if (test.Invoke(new CarelessContract(mistake), row) is Task task) await task.WaitAsync(TimeSpan.FromSeconds(60));
                }
                catch (Exception exception) when (exception is not TimeoutException)
                {
                    failed.Add(test.Name);
                }
            }
        }

        return [.. failed];
    }

    protected override ISink CreateFailing(SinkContext context, SinkFault fault) => new CarelessSink(context, _store, _mistake, fault);

    protected override Task<IReadOnlyList<StoredRow>> ReadBackAsync(TableDefinition table) => Task.FromResult<IReadOnlyList<StoredRow>>([.. _store.Rows.Select(read => read())]);
}
