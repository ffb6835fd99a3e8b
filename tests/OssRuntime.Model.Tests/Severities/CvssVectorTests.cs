using CsCheck;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Severities;

namespace OssRuntime.Model.Tests.Severities;

public sealed class CvssVectorTests
{
    private static readonly string[] Lines =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Severities", "testdata", "cvss.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void Every_vector_of_the_corpus_has_its_scores() => Assert.DoesNotContain(Lines, line => line != Rescored(line));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CVSS:3.1")]
    [InlineData("CVSS:3.1/")]
    [InlineData("CVSS:5.0/AV:N")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:L")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/E:X")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:Z")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:h/I:H/A:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:R/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N")]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P")]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P/A:P/E:X")]
    [InlineData("7.5")]
    public void What_is_no_vector_is_refused_with_a_reason(string? text)
    {
        Assert.False(CvssVector.TryParse(text, out var vector, out var error));
        Assert.Null(vector);
        Assert.NotEmpty(error!);
    }

    [Theory]
    [InlineData(null, "the vector is empty")]
    [InlineData("", "the vector is empty")]
    [InlineData("CVSS:3.1/QQ:N", "there is no metric 'QQ'")]
    [InlineData("CVSS:3.1/AV:Q", "the metric 'AV' has no value 'Q'")]
    public void The_reason_names_what_is_wrong(string? text, string reason)
    {
        Assert.False(CvssVector.TryParse(text, out _, out var error));
        Assert.Equal(reason, error);
        Assert.False(CvssVector.TryParse("CVSS:3.1/" + new string('A', 10_000), out _, out error));
        Assert.StartsWith("the vector is longer than ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AV:L/AC:H/Au:M/C:N/I:N/A:N", Severity.Low)]
    [InlineData("(AV:N/AC:L/Au:N/C:P/I:P/A:P)", Severity.High)]
    [InlineData("AV:N/AC:M/Au:N/C:N/I:P/A:N", Severity.Medium)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", Severity.None)]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Severity.Critical)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U", Severity.High)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/E:U", Severity.Medium)]
    public void The_severity_is_the_word_for_the_score_over_all(string text, Severity severity) => Assert.Equal(severity, Parse(text).Severity);

    [Fact]
    public void Metrics_may_stand_in_any_order() =>
        Assert.Equal(9.8, Parse("CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N").Score);

    [Fact]
    public void A_group_that_says_nothing_has_no_score()
    {
        var vector = Parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/MAV:X");

        Assert.Null(vector.TemporalScore);
        Assert.Null(vector.EnvironmentalScore);
        Assert.Null(vector.ThreatScore);
        Assert.Equal(vector.BaseScore, vector.Score);
    }

    [Fact]
    public void No_text_throws_and_every_score_is_a_tenth_from_0_to_10()
    {
        var changed = Gen.Select(Gen.OneOf(Lines.Select(line => Gen.Const(line.Split(' ')[0])).ToArray()), Gen.Char["ACEHILMNPRSTUVX:/.0123 "], Gen.Int[0, 120])
            .Select((vector, c, at) => vector.Remove(at % vector.Length, 1).Insert(at % vector.Length, c.ToString()));

        Gen.OneOf(Gen.String, changed).Sample(text =>
            !CvssVector.TryParse(text, out var vector, out _)
            || (vector!.Score is >= 0 and <= 10 && Math.Abs((vector.Score * 10) - Math.Round(vector.Score * 10)) < 1e-9));
    }

    private static CvssVector Parse(string text)
    {
        Assert.True(CvssVector.TryParse(text, out var vector, out var error), error);
        return vector!;
    }

    private static string Rescored(string line)
    {
        var parts = line.Split(' ');
        var vector = Parse(parts[0]);
        return parts.Length == 3
            ? $"{vector.Vector} {Text(vector.BaseScore)} overall={Text(vector.Score)}"
            : $"{vector.Vector} {Text(vector.BaseScore)} {Text(vector.TemporalScore)} {Text(vector.ThreatScore)} {Text(vector.EnvironmentalScore)}";
    }

    private static string Text(double? score) => score?.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
