using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records;

public sealed class RecordBatchHeaderTests
{
    [Fact]
    public void TryRead_returns_every_field()
    {
        byte[] bytes =
        [
            0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 60, 0, 0, 0, 9, 2, 0xde, 0xad, 0xbe, 0xef, 0, 0x3c, 0, 0, 0, 7,
            0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 77, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5,
        ];

        Assert.True(RecordBatchHeader.TryRead(bytes, out var header));

        Assert.Equal((256L, 60, 9, (sbyte)2, 0xdeadbeef), (header.BaseOffset, header.BatchLength, header.PartitionLeaderEpoch, header.Magic, header.Checksum));
        Assert.Equal((7, (1L << 40) + 1, (1L << 40) + 2, 77L, 5), (header.LastOffsetDelta, header.BaseTimestamp, header.MaxTimestamp, header.ProducerId, header.RecordCount));
        Assert.Equal((RecordCompression.Zstd, true, true, true), (header.Compression, header.IsLogAppendTime, header.IsTransactional, header.IsControl));
        Assert.Equal((263L, 264L, 72L), (header.LastOffset, header.NextOffset, header.TotalBytes));
    }

    [Fact]
    public void TryRead_of_too_few_bytes_is_false() => Assert.False(RecordBatchHeader.TryRead(new byte[60], out _));
}
