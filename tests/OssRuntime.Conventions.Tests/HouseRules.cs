using System.Text.RegularExpressions;

namespace OssRuntime.Conventions.Tests;

/// <summary>The rules of AGENTS.md that a machine can check.</summary>
public sealed partial class HouseRules
{
    private const int LongestSource = 400;
    private const int LongestTest = 600;

    [Fact]
    public void No_file_is_too_long_to_read()
    {
        var tooLong = Repository.Sources("src").Where(file => LinesOf(file) > LongestSource)
            .Concat(Repository.Sources("tests").Where(file => LinesOf(file) > LongestTest));
        Assert.Empty(tooLong.Select(file => $"{file}: {LinesOf(file)} lines"));
    }

    [Fact]
    public void The_median_file_is_short()
    {
        var lengths = Repository.Sources("src").Select(LinesOf).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 60);
    }

    [Fact]
    public void A_file_has_the_name_of_its_type()
    {
        var strangers = Repository.Sources("src")
            .Where(file => Path.GetFileName(file) is not ("Program.cs" or "AssemblyInfo.cs" or "GlobalUsings.cs"))
            .Where(file => !Regex.IsMatch(
                Repository.Read(file),
                $@"\b(class|record|struct|interface|enum|delegate)\b[^;{{(]*\b{Regex.Escape(Path.GetFileNameWithoutExtension(file).Split('.')[0])}\b",
                RegexOptions.None,
                TimeSpan.FromSeconds(5)));
        Assert.Empty(strangers);
    }

    [Fact]
    public void No_folder_is_a_drawer_for_everything()
    {
        string[] drawers = ["Utils", "Util", "Helpers", "Common", "Manager", "Managers", "Misc", "Shared", "Services"];
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories);
        Assert.Empty(folders.Where(folder => drawers.Contains(Path.GetFileName(folder))));
    }

    [Fact]
    public void Nothing_is_left_open()
    {
        var open = Repository.Sources("src").Concat(Repository.Sources("tests"))
            .Where(file => Path.GetFileName(file) != "HouseRules.cs" && LeftOpen().IsMatch(Repository.Read(file)));
        Assert.Empty(open);
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        var solution = Repository.Read("OssRuntime.sln").Replace('\\', '/');
        var projects = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .ToList();
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains(Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'), solution, StringComparison.Ordinal));
        Assert.All(projects, project => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project));
    }

    [Fact]
    public void Every_package_is_listed_with_its_licence()
    {
        var listed = Repository.Read("THIRD-PARTY.md");
        var packages = PackageVersion().Matches(Repository.Read("Directory.Packages.props")).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(packages);
        Assert.Empty(packages.Where(package => !listed.Contains($"| {package} |", StringComparison.Ordinal)));
    }

    private static int LinesOf(string file) => File.ReadLines(Path.Combine(Repository.Root, file)).Count();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|Skip\s*=\s*""", RegexOptions.None, 1000)]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"<PackageVersion Include=""([^""]+)""", RegexOptions.None, 1000)]
    private static partial Regex PackageVersion();
}
