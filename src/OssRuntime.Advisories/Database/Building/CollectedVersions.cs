using System.IO.Hashing;
using System.Text;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>The published versions of one ecosystem while the feeds are read, as hashes.</summary>
internal sealed class CollectedVersions
{
    private readonly SortedDictionary<ulong, VersionNote> _entries = [];

    /// <summary>The hashes of names and versions, in order, each with what its publisher says of it.</summary>
    public IEnumerable<KeyValuePair<ulong, VersionNote>> Entries => _entries;

    /// <summary>The 48 bits by which a version of a package is known; without a version, the package itself.</summary>
    public static ulong Hash(string name, string? version) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{name}\0{version}")) >> 16;

    /// <summary>Adds a version; false where it is there already and nothing new is said of it.</summary>
    public bool Add(string name, string version, VersionNote note)
    {
        _entries.TryAdd(Hash(name, null), VersionNote.None);
        var hash = Hash(name, version);
        if (_entries.TryGetValue(hash, out var known) && known >= note)
        {
            return false;
        }

        _entries[hash] = note;
        return true;
    }
}
