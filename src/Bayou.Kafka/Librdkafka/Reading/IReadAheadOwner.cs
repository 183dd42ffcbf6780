namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>Hears from a <see cref="ReadAheadBuffer"/> what its reader does. Called under the buffer's lock: it must be quick and must not call back.</summary>
internal interface IReadAheadOwner
{
    /// <summary>A reader found nothing and waits.</summary>
    void ReaderWaits();

    /// <summary>A reader that waited does not any more.</summary>
    void ReaderServed();

    /// <summary>A reader took data out.</summary>
    void Taken(ReadAheadBuffer buffer);
}
