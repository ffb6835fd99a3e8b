using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>The modules of a Go program, as <c>go version -m</c> lists them: lines of a word and fields, separated by tabs.</summary>
internal sealed class GoModules
{
    /// <summary>The reason for a program of whose libraries nothing tells. Where a distribution built it, the distribution answers for them.</summary>
    public const string WithoutModules = "it was built without Go modules, so nothing tells which libraries are in it";

    private readonly List<(string Path, string Version)> _dependencies = [];
    private readonly GoSettings _settings = new();
    private (string Path, string Version)? _main;
    private bool _isMainLast;
    private bool _isOfFiles;

    private GoModules(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            Take(line.Split('\t'));
        }
    }

    /// <summary>Hands over the standard library, the program itself and its dependencies.</summary>
    public static void Report(GoBuildInfo info, ExtractionContext context)
    {
        if (GoVersion.OfToolchain(info.Toolchain) is { } toolchain)
        {
            context.Add(Record("stdlib", toolchain, ComponentType.Library));
        }
        else
        {
            context.AddUnknown($"'{info.Toolchain}' is not a version of Go");
        }

        var modules = new GoModules(info.Modules);
        if (modules.IsWithoutModules)
        {
            context.AddUnknown(WithoutModules);
            return;
        }

        if (modules._main is { Path: not ("" or "command-line-arguments") } main)
        {
            context.Add(Record(main.Path, modules._settings.VersionOf(main.Path, main.Version), ComponentType.Application));
        }

        foreach (var (path, version) in modules._dependencies)
        {
            // "go build main.go" puts the module of the file among the dependencies.
            var isUnstated = version == "(devel)";
            context.Add(Record(path, isUnstated ? modules._settings.VersionOf(path, version) : version, isUnstated && modules._isOfFiles ? ComponentType.Application : ComponentType.Library));
        }
    }

    /// <summary>True where neither a module nor any other is named; a program made of single files that needs only the standard library is none of those.</summary>
    private bool IsWithoutModules => _main is null && _dependencies.Count == 0 && !_isOfFiles;

    private static PackageRecord Record(string path, string version, ComponentType kind) =>
        new() { Type = "golang", Name = path, Version = version, Kind = kind };

    private void Take(string[] fields)
    {
        switch (fields[0])
        {
            case "path" when fields.Length >= 2:
                _isOfFiles = fields[1] == "command-line-arguments";
                break;
            case "mod" when fields.Length >= 3:
                _main = (fields[1], fields[2]);
                _isMainLast = true;
                break;
            case "dep" when fields.Length >= 3:
                _dependencies.Add((fields[1], fields[2]));
                _isMainLast = false;
                break;

            // What stands in for the module of the line before. A directory of the build's machine has no version: there the module keeps its own.
            case "=>" when fields.Length >= 3 && fields[2].Length > 0 && fields[2] != "(devel)":
                Replace(fields[1], fields[2]);
                break;
            case "build" when fields.Length >= 2:
                _settings.Take(fields[1]);
                break;
            default:
                break;
        }
    }

    private void Replace(string path, string version)
    {
        if (_isMainLast)
        {
            _main = (path, version);
        }
        else if (_dependencies.Count > 0)
        {
            _dependencies[^1] = (path, version);
        }
    }
}
