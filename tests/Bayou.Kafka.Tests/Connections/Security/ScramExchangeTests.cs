using System.Security.Cryptography;
using System.Text;
using Bayou.Kafka.Connections.Security;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Connections.Security;

public sealed class ScramExchangeTests
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerFirst = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    [Fact]
    public async Task Exchange_of_RFC_7677_goes_as_it_says()
    {
        var exchange = Create();

        Assert.Equal("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", Encoding.UTF8.GetString(await exchange.StartAsync(default)));
        Assert.Equal(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            Answer(exchange, ServerFirst));
        Assert.Null(Answer(exchange, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    [Fact]
    public async Task Exchange_by_SHA_512_with_name_that_needs_escapes_is_right()
    {
        var exchange = new ScramExchange(HashAlgorithmName.SHA512, "u,se=r", "p\u00e4ssword", "abc");

        Assert.Equal("n,,n=u=2Cse=3Dr,r=abc", Encoding.UTF8.GetString(await exchange.StartAsync(default)));
        Assert.Equal(
            "c=biws,r=abcdef,p=Tz3AySOwXwItTDS+mAwbe2lUAis70bIPAC8zgtfwOx3+R/6C2VMsR3xVfr1EMk6F4e6nkI71NiCk3smoE2jHdg==",
            Answer(exchange, "r=abcdef,s=c2FsdA==,i=5000"));
        Assert.Null(Answer(exchange, "v=V5n3n+ruoamlETT61TKV6iE0dxtDHNZR2w1vTU1aiIlxEr/iCBZ+oRd9peGhVJERNGmlkEe/B2E2WqET7UqHXg=="));
    }

    [Theory]
    [InlineData("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", SourceErrorKind.Refused, "could not prove that it knows the password")]
    [InlineData("v=6rri", SourceErrorKind.Refused, "could not prove")]
    [InlineData("e=invalid-proof", SourceErrorKind.Refused, "refused the proof: invalid-proof")]
    [InlineData("v=!", SourceErrorKind.Transient, "not one of SCRAM")]
    [InlineData("", SourceErrorKind.Transient, "not one of SCRAM")]
    public async Task Answer_to_wrong_end_fails(string serverFinal, SourceErrorKind kind, string expected)
    {
        var exchange = Create();
        await exchange.StartAsync(default);
        Answer(exchange, ServerFirst);

        var error = Assert.Throws<SaslException>(() => Answer(exchange, serverFinal));

        Assert.Equal(kind, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("r=other,s=W22Z,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22Z,i=4096")]
    [InlineData("m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=!!,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096x")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=-4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z")]
    public async Task Answer_to_what_is_not_SCRAM_fails(string serverFirst)
    {
        var exchange = Create();
        await exchange.StartAsync(default);

        Assert.Contains("not one of SCRAM", Assert.Throws<SaslException>(() => Answer(exchange, serverFirst)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4095")]
    [InlineData("1000001")]
    [InlineData("2000000000")]
    public async Task Answer_to_iterations_out_of_bounds_is_refused(string iterations)
    {
        var exchange = Create();
        await exchange.StartAsync(default);

        var error = Assert.Throws<SaslException>(() => Answer(exchange, $"r={Nonce}x,s=W22Z,i={iterations}"));

        Assert.Equal(SourceErrorKind.Refused, error.Kind);
        Assert.Contains("iterations", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user", "secret\n")]
    [InlineData("us\0er", "secret")]
    public async Task StartAsync_with_control_character_fails_without_showing_it(string user, string password)
    {
        var exchange = new ScramExchange(HashAlgorithmName.SHA256, user, password);

        var error = await Assert.ThrowsAsync<SaslException>(() => exchange.StartAsync(default).AsTask());

        Assert.Equal(SourceErrorKind.Fatal, error.Kind);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_takes_a_new_nonce_each_time()
    {
        var first = await new ScramExchange(HashAlgorithmName.SHA256, "user", "pencil").StartAsync(default);
        var second = await new ScramExchange(HashAlgorithmName.SHA256, "user", "pencil").StartAsync(default);

        Assert.NotEqual(first, second);
    }

    private static ScramExchange Create() => new(HashAlgorithmName.SHA256, "user", "pencil", Nonce);

    private static string? Answer(ScramExchange exchange, string message) =>
        exchange.Answer(Encoding.UTF8.GetBytes(message)) is { } answer ? Encoding.UTF8.GetString(answer) : null;
}
