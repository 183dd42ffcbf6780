using Bayou.Grains.Partitions;
using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Tests.Protocol;

/// <summary>
/// One partition and a few tables under a random schedule of deaths, duplicate activations, lost requests and replies, commits of unknown outcome, stale
/// and lost hints. The protocol's types are the product's own; what is simulated is the world between them.
/// </summary>
internal sealed class ProtocolWorld
{
    public static readonly TopicPartition Partition = new("events", 0);
    public static readonly CursorKey Key = new(Partition, 1);
    private static readonly DefinitionStamp Stamp = new() { Version = 1, Fingerprint = "one" };

    private readonly Random _random;
    private readonly bool[,] _hasRow;
    private readonly List<TableActivation>[] _tables;
    private List<PartitionActivation> _partitions = [];
    private Dictionary<string, RowHint> _hints = [];

    public ProtocolWorld(int seed, Func<SinkState, SinkCommit, bool> fence)
    {
        _random = new Random(seed);
        Records = _random.Next(30, 120);
        var tables = _random.Next(1, 4);
        _hasRow = new bool[tables, Records];
        for (var table = 0; table < tables; table++)
        {
            var density = new[] { 0.9, 0.5, 0.05, 0.01 }[_random.Next(4)];
            for (var offset = 0; offset < Records; offset++) _hasRow[table, offset] = _random.NextDouble() < density;
        }

        Sinks = [.. Enumerable.Range(0, tables).Select(_ => new ModelSink(fence))];
        _tables = [.. Sinks.Select(sink => new List<TableActivation> { new(sink, _random) })];
    }

    public int Records { get; }

    public int End { get; private set; }

    public ModelSink[] Sinks { get; }

    /// <summary>What each table should hold.</summary>
    public IEnumerable<long> Expected(int table) => Enumerable.Range(0, Records).Where(offset => _hasRow[table, offset]).Select(offset => (long)offset);

    /// <summary>Runs the schedule, then lets everything come to rest.</summary>
    public void Run()
    {
        for (var step = _random.Next(100, 900); step > 0; step--) Step();
        End = Records;
        _partitions = [new PartitionActivation(this)];
        for (var turn = 0; turn < 6000 && !AtRest(); turn++)
        {
            _partitions[0].Step();
            _partitions[0].CatchUp();
            _partitions[0].Ask();
            foreach (var table in _tables.SelectMany(each => each)) table.Commit();
        }
    }

    private bool AtRest() => _partitions[0].IsDone && _tables.All(each => each.All(table => table.IsDead || !table.HasPending));

    private void Step()
    {
        if (End < Records && Chance(0.2)) End = Math.Min(Records, End + _random.Next(1, 11));
        if (_partitions.Count == 0) _partitions.Add(new PartitionActivation(this));
        var partition = Pick(_partitions);
        var chance = _random.NextDouble();
        if (chance < .45) partition.Step();
        else if (chance < .58) partition.CatchUp();
        else if (chance < .60) partition.Ask();
        else if (chance < .80) Pick(Pick(_tables)).Commit();
        else if (chance < .87) _hints = partition.Hints(_hints);
        else if (chance < .90) Pick(Pick(_tables)).Die();
        else if (chance < .92) _partitions.Remove(partition);
        else if (chance < .94) _partitions = [.. _partitions.TakeLast(2), new PartitionActivation(this)];
        else if (chance < .96) ActivateTwice(_random.Next(_tables.Length));
        else if (chance < .965) _hints = [];
        else if (chance < .975) SiloDies();
    }

    private void ActivateTwice(int table) => _tables[table].Add(new TableActivation(Sinks[table], _random));

    private void SiloDies()
    {
        for (var table = 0; table < _tables.Length; table++) _tables[table] = [new TableActivation(Sinks[table], _random)];
        _partitions = [];
    }

    /// <summary>A call reaches one of the activations, most often the newest.</summary>
    private TableActivation Table(int table)
    {
        _tables[table].RemoveAll(each => each.IsDead);
        if (_tables[table].Count == 0) ActivateTwice(table);
        return Chance(0.9) ? _tables[table][^1] : Pick(_tables[table]);
    }

    private Slice? MakeSlice(int table, long from, long first, long next, bool evenEmpty)
    {
        var builder = new RowBlockBuilder([]);
        for (var offset = first; offset < next; offset++)
            if (_hasRow[table, offset]) builder.EndRow(offset, 0);
        if (builder.Rows == 0 && !evenEmpty) return null;
        var bytes = new byte[builder.SizeBytes];
        return new Slice { Source = Partition, Generation = 1, Version = 1, Range = new OffsetRange(from, next), Rows = bytes.AsMemory(0, builder.WriteTo(bytes)) };
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    internal sealed class ModelSink(Func<SinkState, SinkCommit, bool> fence)
    {
        public SinkState State { get; private set; } = new() { Definition = Stamp, Cursors = new() { [Key] = 0 } };

        public List<long> Rows { get; } = [];

        public bool Commit(CommitGroup group)
        {
            var commit = new SinkCommit { Batch = new SinkBatch { Id = group.Id, Rows = [] }, ExpectedDefinition = Stamp, Definition = Stamp, Cursors = group.Moves };
            if (!fence(State, commit)) return false;
            foreach (var slice in group.Slices) Rows.AddRange(new RowBlock(slice.Slice.Rows.Span).Rows == 0 ? [] : new RowBlock(slice.Slice.Rows.Span).Offsets[slice.FirstRow..].ToArray());
            State = State with { Cursors = new() { [Key] = group.Moves[0].Next } };
            return true;
        }
    }

    private sealed class TableActivation(ModelSink sink, Random random)
    {
        private readonly AcceptanceLedger _ledger = new(1, sink.State.Cursors);
        private readonly int _capacity = new[] { 3, 8, 50 }[random.Next(3)];
        private CommitGroup? _unknown;

        public bool IsDead { get; private set; }

        public bool HasPending => _ledger.HasPending || _unknown is not null;

        public void Die() => IsDead = true;

        public AcceptReply Accept(Slice slice) => _ledger.Offer(slice, _ledger.HeldRows <= _capacity);

        public AcceptReply Ask()
        {
            if (_unknown is null && !_ledger.Agrees(sink.State)) IsDead = true;
            return _ledger.Ask(Key);
        }

        public void Commit()
        {
            if (IsDead || (_unknown ?? _ledger.TakeGroup()) is not { } group) return;
            var luck = random.NextDouble();
            _unknown = group;
            if (luck < .05) return; // failed before it did anything, and is tried again
            if (!sink.Commit(group)) IsDead = true;
            else if (luck < .1) IsDead = true; // landed, and died before it knew
            else _ledger.Committed(group);
            _unknown = null;
        }
    }

    private sealed class PartitionActivation
    {
        private readonly ProtocolWorld _world;
        private readonly PartitionFeeds _feeds;
        private readonly long[] _delivered;
        private HashSet<int>? _pending;
        private long _next;

        public PartitionActivation(ProtocolWorld world)
        {
            _world = world;
            var tables = Enumerable.Range(0, world.Sinks.Length).ToList();
            var names = tables.Select(table => $"{table}").ToList();
            foreach (var table in tables) world.Table(table).Ask();
            var cursors = tables.Select(table => (long?)world.Table(table).Ask().Durable).ToList();
            _feeds = PartitionFeeds.Start(names, cursors, [.. names.Select(name => world._hints.GetValueOrDefault(name))]);
            _delivered = [.. cursors.Select(cursor => cursor!.Value)];
        }

        public bool IsDone => _feeds.Position >= _world.Records && _feeds.All.All(feed => feed.IsLive);

        public Dictionary<string, RowHint> Hints(Dictionary<string, RowHint> before) => _feeds.Hints(before);

        public void Step()
        {
            if (_pending is null)
            {
                if (_feeds.Position >= _world.End || !_feeds.All.Any(feed => feed.IsLive)) return;
                _next = Math.Min(_world.End, _feeds.Position + _world._random.Next(1, 10));
                _pending = [.. Enumerable.Range(0, _feeds.All.Count).Where(table => _feeds.All[table].IsLive)];
            }

            foreach (var table in _pending.ToList()) Send(table);
            if (_pending.Count > 0) return;
            _feeds.BatchDone(_next);
            _pending = null;
        }

        public void CatchUp()
        {
            for (var table = 0; table < _feeds.All.Count; table++)
            {
                if (_feeds.All[table].IsLive) continue;
                if (_delivered[table] >= _feeds.Position)
                {
                    if (_pending is null) _feeds.Return(table);
                    continue;
                }

                var next = Math.Min(_feeds.Position, _delivered[table] + _world._random.Next(1, 13));
                var reply = _world.Table(table).Accept(_world.MakeSlice(table, _delivered[table], _delivered[table], next, evenEmpty: true)!);
                if (_world.Chance(0.1)) continue; // the reply is lost
                if (reply.Answer == AcceptAnswer.Accepted) _delivered[table] = next;
                else if (reply.Answer == AcceptAnswer.Gap) _delivered[table] = reply.Accepted;
            }
        }

        public void Ask()
        {
            for (var table = 0; table < _feeds.All.Count; table++)
            {
                var feed = _feeds.All[table];
                if (!feed.IsLive) continue;
                _feeds.Asked(table, feed.Accepted, _world.Table(table).Ask());
                if (!feed.IsLive) FellBehind(table);
            }
        }

        private void Send(int table)
        {
            var feed = _feeds.All[table];
            if (!feed.IsLive)
            {
                _pending!.Remove(table);
                return;
            }

            if (_world.Chance(0.05)) return; // the request is lost
            if (_world.MakeSlice(table, feed.Accepted, _feeds.Position, _next, evenEmpty: false) is not { } slice)
            {
                _pending!.Remove(table);
                return;
            }

            _feeds.SliceMade(table, _next);
            var reply = _world.Table(table).Accept(slice);
            if (_world.Chance(0.1)) return; // the reply is lost
            var patience = _world.Chance(0.2) ? TimeSpan.FromSeconds(3) : TimeSpan.Zero;
            if (_feeds.Answered(table, _next, reply, patience)) _pending!.Remove(table);
            if (!feed.IsLive) FellBehind(table);
        }

        private void FellBehind(int table) => _delivered[table] = Math.Max(0, _world.Table(table).Ask().Durable);
    }
}
