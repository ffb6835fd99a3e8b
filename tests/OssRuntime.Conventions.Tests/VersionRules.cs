using System.Xml.Linq;
using OssRuntime.Model.Builds;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Conventions.Tests;

/// <summary>The programs, the chart and the version of a checkout without tags agree.</summary>
public sealed class VersionRules
{
    private static readonly string[] Programs = ["ossruntime", "ossruntime-operator"];

    [Fact]
    public void The_chart_names_the_release_that_comes_next()
    {
        var fallback = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("MinVerMinimumMajorMinor").Single().Value;
        var (chart, program) = ReadChart();
        Assert.Equal(chart, program);
        Assert.Matches($@"^{fallback.Replace(".", "[.]", StringComparison.Ordinal)}[.]\d+$", program);
    }

    [Fact]
    public void A_tagged_commit_has_the_version_of_the_chart()
    {
        // Between releases there is a pre-release; the next release need not be the one after the last.
        if (!BuildVersion.Text.Contains('-', StringComparison.Ordinal))
        {
            Assert.Equal(ReadChart().Program, BuildVersion.Text);
        }
    }

    [Fact]
    public void All_programs_have_the_version_that_MinVer_found()
    {
        Assert.Matches(@"^\d+[.]\d+[.]\d+(-[0-9a-z.]+)?$", BuildVersion.Text);
        var numbers = Version.Parse(BuildVersion.Text.Split('-')[0]);
        Assert.All(Programs, program => Assert.Equal(numbers.ToString(3), System.Reflection.Assembly.Load(program).GetName().Version!.ToString(3)));
    }

    private static (string Chart, string Program) ReadChart()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("helm/ossruntime/Chart.yaml")));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return (((YamlScalarNode)root["version"]).Value!, ((YamlScalarNode)root["appVersion"]).Value!);
    }
}
