using OssRuntime.Cli.Output;
using OssRuntime.Cli.Remedies;
using OssRuntime.Cli.Tests.Remedies;
using OssRuntime.Model.Findings;
using Spectre.Console;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>The table of what there is to do, in terminals and pipes of any width.</summary>
public sealed class RemedyTableTests
{
    private static readonly Finding[] Many =
    [
        .. Enumerable.Range(0, 104).SelectMany(package => Enumerable.Range(0, 25).Select(flaw => Flaws.Of(
            $"a-package-with-quite-a-long-name-{package}",
            $"CVE-2026-{(package * 100) + flaw:00000}",
            flaw % 3 == 0 ? null : $"1:2.{flaw}.1-5+deb12u1",
            (Severity)(flaw % 6),
            $"usr/share/path/to/some/place/{package}/{flaw % 4}",
            "1:2.0.1-5",
            "Debian:12"))),
    ];

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void Lines_fit_the_terminal_and_break_between_words_only(int width)
    {
        var lines = Print(Many, width);
        Assert.InRange(lines.Length, 60, width < 80 ? 240 : 199);
        Assert.All(lines, line => Assert.True(line.Length <= width || line.Trim().Split(' ').Length <= 6, line));
        Assert.Contains(lines, line => line.Contains("a-package-with-quite-a-long-name-0 1:2.0.1-5 → 1:2.23.1-5+deb12u1", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.False(line.EndsWith(' '), line));
    }

    [Fact]
    public void What_is_left_out_is_told_in_numbers()
    {
        var lines = Print(Many, 80);
        Assert.Contains(lines, line => line.Contains("… and 44 packages more with 704 flaws", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("… and 84 packages more with 756 flaws", StringComparison.Ordinal));
        Assert.DoesNotContain(Print(Many, 80, all: true), line => line.Contains("more with", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_says_the_step_what_it_settles_and_in_how_many_places()
    {
        Finding[] findings =
        [
            Flaws.Of("openssl", "CVE-1", "3.0.14", Severity.Critical, "a") with { KnownExploited = true },
            Flaws.Of("openssl", "CVE-1", "3.0.14", Severity.Critical, "b") with { KnownExploited = true },
            Flaws.Of("openssl", "CVE-2", "3.0.13", Severity.Low, "a"),
            Flaws.Of("evil", "MAL-1", null, Severity.Malicious),
            Flaws.Of("slow", "CVE-3", null, Severity.Medium) with { Epss = 0.42 },
        ];

        var lines = Print(findings, 120);
        Assert.Equal(
            [
                "What to do first, the most pressing on top:",
                "malicious  evil 1.0.0: remove it   MAL-1",
                "exploited  openssl 1.0.0 → 3.0.14  fixes 2: 1 critical, 1 low, of them 1 exploited; in 2 places",
                "No fix is known yet:",
                "EPSS 42%  slow 1.0.0  CVE-3",
            ],
            lines.Where(line => line.Length > 0).Select(line => line.Trim()));
    }

    [Fact]
    public void A_pipe_gets_every_row_with_tabs_and_without_padding()
    {
        var lines = Print(Many, 80, isPiped: true);
        Assert.Equal(2 * 104, lines.Count(line => line.Count(c => c == '\t') == 5 && !line.StartsWith("WHY", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("  a-package", StringComparison.Ordinal));
    }

    [Fact]
    public void A_locale_without_other_characters_gets_none()
    {
        var text = string.Join('\n', Print([Flaws.Of("päckage", "CVE-1", "2.0.0")], 80, isAscii: true));
        Assert.Contains("p?ckage 1.0.0 -> 2.0.0", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => c > 127);
    }

    [Theory]
    [InlineData("C", true)]
    [InlineData("POSIX", true)]
    [InlineData("C.UTF-8", false)]
    [InlineData("de_DE.UTF-8", false)]
    [InlineData(null, false)]
    public void The_locale_says_which_characters_there_are(string? locale, bool isAscii) =>
        Assert.Equal(isAscii, ReportLayout.Of(80, false, false, name => name == "LC_ALL" ? locale : null).IsAscii);

    [Fact]
    public void On_demand_each_flaw_and_each_place_is_named()
    {
        var lines = Print([Flaws.Of("a", "CVE-1", "2.0.0", path: "app/one"), Flaws.Of("a", "CVE-2", "1.5.0", path: "app/two") with { Score = 7.5, Epss = 0.003 }], 80, all: true);
        Assert.Contains("    in a 1.0.0: app/two", lines);
        Assert.Contains("    CVE-2 high 7.5, EPSS 0%, fixed in 1.5.0", lines);
    }

    private static string[] Print(Finding[] findings, int width, bool isPiped = false, bool isAscii = false, bool all = false)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = int.MaxValue;
        new RemedyTable(new ReportWriter(console, new ReportLayout(width, isPiped, isAscii, all))).Write(RemedyList.Of(findings));
        return text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
    }
}
