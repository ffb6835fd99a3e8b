using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Apk;

/// <summary>One package of an apk database while it is read.</summary>
internal sealed class ApkBlock
{
    private readonly PathListBuilder _files = new();
    private byte[] _path = new byte[256];
    private int _directoryLength;
    private string? _broken;

    /// <summary>True while no line of it was read.</summary>
    public bool IsEmpty { get; set; } = true;

    public string? Package { get; set; }

    public string? Version { get; set; }

    public string? Architecture { get; set; }

    /// <summary>The package it was built from.</summary>
    public string? Origin { get; set; }

    public string? License { get; set; }

    public string? Maintainer { get; set; }

    public void Break(string reason) => _broken ??= reason;

    /// <summary>The directory of the files that follow.</summary>
    public void EnterDirectory(ReadOnlySpan<byte> directory)
    {
        Reserve(directory.Length + 1);
        directory.CopyTo(_path);
        _directoryLength = directory.Length;
        if (_directoryLength > 0)
        {
            _path[_directoryLength++] = (byte)'/';
        }
    }

    /// <summary>A file of the package.</summary>
    public void AddFile(ReadOnlySpan<byte> name, ExtractionContext context)
    {
        Reserve(_directoryLength + name.Length);
        name.CopyTo(_path.AsSpan(_directoryLength));
        var path = _path.AsSpan(0, _directoryLength + name.Length);
        if (context.IsWorthOwning(path))
        {
            _files.Add(path);
        }
    }

    /// <summary>Hands the package over.</summary>
    public void Finish(ExtractionContext context)
    {
        if (Package is null || Version is null)
        {
            _broken ??= Package is null ? "it has no name (P:)" : "it has no version (V:)";
        }

        if (_broken is not null)
        {
            context.AddUnknown($"the block of {(Package is null ? "an unnamed package" : $"'{Package}'")} is broken: {_broken}");
        }

        if (Package is null || Version is null)
        {
            return;
        }

        context.Add(new PackageRecord
        {
            Type = "apk",
            Name = Package,
            Version = Version,
            Architecture = Architecture,
            Vendor = Maintainer,
            Kind = ComponentType.OsPackage,
            Source = new SourcePackage(string.IsNullOrEmpty(Origin) ? Package : Origin, Version),
            Licenses = string.IsNullOrWhiteSpace(License) ? [] : [License],
        });
        context.AddOwned(Package, null, _files);
    }

    private void Reserve(int length)
    {
        if (_path.Length < length)
        {
            Array.Resize(ref _path, length * 2);
        }
    }
}
