using System.Text;
using Bayou.Console.Rendering;

namespace Bayou.Cli.Tests;

public class TerminalTextTests
{
    [Theory]
    [InlineData("plain text, été, 漢字 😀", "plain text, été, 漢字 😀")]
    [InlineData("\u001b[31mred\u0007", "\\u{1b}[31mred\\u{7}")]
    [InlineData("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c")]
    [InlineData("\u009b2J", "\\u{9b}2J")]
    [InlineData("safe\u202Etxt.exe", "safe\\u{202e}txt.exe")]
    [InlineData("back\\slash", "back\\\\slash")]
    public void Escape_text_shows_what_a_terminal_would_act_upon(string text, string expected) => Assert.Equal(expected, TerminalText.Escape(text));

    [Fact]
    public void Escape_bytes_that_are_not_utf8_shows_them_in_hex() =>
        Assert.Equal("ok\\xff\\u{1b}\\xc3", TerminalText.Escape([.. "ok"u8, 0xff, 0x1b, 0xc3]));

    [Fact]
    public void Escape_more_bytes_than_the_limit_says_how_many_are_left() =>
        Assert.Equal("abc... (2 bytes more)", TerminalText.Escape(Encoding.ASCII.GetBytes("abcde"), limit: 3));
}
