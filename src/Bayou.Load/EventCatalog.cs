using static Bayou.Load.ValueShape;

namespace Bayou.Load;

/// <summary>The ten event types of a shop: the one list behind the generator and the demo pipeline.</summary>
internal static class EventCatalog
{
    private static readonly EventField Amount = new("amount", "decimal(12,2)", Money);
    private static readonly EventField Currency = new("currency", "string", Word, "EUR", "USD", "GBP", "JPY", "CHF");
    private static readonly EventField Country = new("country", "string", Word, "DE", "FR", "US", "JP", "BR", "IN", "NG");
    private static readonly EventField Device = new("device", "string", Word, "phone", "tablet", "desktop", "television");
    private static readonly EventField Session = new("session", "string", WordAndNumber, "web-", "app-", "kiosk-");
    private static readonly EventField Sku = new("sku", "string", WordAndNumber, "BOOK-", "GAME-", "TOOL-", "FOOD-");
    private static readonly EventField Page = new("page", "string", WordAndNumber, "/product/", "/category/", "/offers/", "/help/");
    private static readonly EventField OrderId = new("order_id", "long", Id);
    private static readonly EventField PaymentId = new("payment_id", "long", Id);

    private static readonly EventType[] Types =
    [
        new("order", OrderId, Sku, new("quantity", "int", Digit), Amount, Currency, Country, new("gift", "bool", Flag)),
        new("payment", PaymentId, OrderId, Amount, new("method", "string", Word, "card", "transfer", "voucher"), new("fee", "double", Ratio), new("approved", "bool", Flag)),
        new("click", Page, new("element", "string", WordAndNumber, "button-", "link-", "image-"), new("x", "int", Count), new("y", "int", Count), Session, new("bot", "bool", Flag)),
        new("view", Page, new("duration_ms", "long", Count), new("scroll", "double", Ratio), Session, Device, new("returning", "bool", Flag)),
        new("login", Session, Device, Country, new("attempts", "int", Digit), new("risk", "double", Ratio), new("success", "bool", Flag)),
        new("shipment", new("shipment_id", "long", Id), OrderId, new("carrier", "string", Word, "road", "rail", "air", "bicycle"), new("weight_kg", "double", Money), new("parcels", "int", Digit), new("express", "bool", Flag)),
        new("refund", new("refund_id", "long", Id), PaymentId, Amount, Currency, new("reason", "string", Word, "late", "broken", "unwanted"), new("partial", "bool", Flag)),
        new("stock", Sku, new("warehouse", "string", WordAndNumber, "north-", "south-", "harbour-"), new("on_hand", "long", Count), new("reserved", "long", Count), new("unit_cost", "decimal(10,2)", Money), new("orderable", "bool", Flag)),
        new("search", new("terms", "string", WordAndNumber, "red shoes ", "warm coat ", "quiet fan "), new("results", "long", Count), new("latency_ms", "double", Money), Session, new("corrected", "bool", Flag)),
        new("error", new("service", "string", WordAndNumber, "basket-", "billing-", "mail-"), new("code", "int", Count), new("message", "string", Word, "connection refused", "no such item", "timed out"), Session, new("fatal", "bool", Flag)),
    ];

    /// <summary>The first <paramref name="count"/> types; from the eleventh on <c>order_2</c>, <c>payment_2</c> and so on.</summary>
    public static EventType[] Take(int count)
    {
        var types = new EventType[count];
        for (var i = 0; i < count; i++)
        {
            var type = Types[i % Types.Length];
            types[i] = i < Types.Length ? type : type.Rename($"{type.Name}_{i / Types.Length + 1}");
        }
        return types;
    }
}
