using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>The published versions of one ecosystem while the feeds are read, as hashes.</summary>
internal sealed class CollectedVersions
{
    private readonly SortedDictionary<ulong, CollectedVersion> _entries = [];

    /// <summary>The hashes of names and versions, in order, each with what is known of it.</summary>
    public IReadOnlyCollection<KeyValuePair<ulong, CollectedVersion>> Entries => _entries;

    /// <summary>True where the day of some version's publication is known.</summary>
    public bool HasDays { get; private set; }

    /// <summary>
    /// Adds a version; false where it is there already and nothing new is said of it. Of two lists that tell different days the earlier one is right: a version is
    /// published once, and a mirror may have come to it later.
    /// </summary>
    public bool Add(string name, string version, VersionNote note, DateOnly? published)
    {
        _entries.TryAdd(NameHash.Of(name, null), default);
        var hash = NameHash.Of(name, version);
        var said = new CollectedVersion(note, ReleaseDay.Of(published));
        if (_entries.TryGetValue(hash, out var known))
        {
            said = new CollectedVersion(said.Note > known.Note ? said.Note : known.Note, ReleaseDay.Earlier(said.Day, known.Day));
            if (said == known)
            {
                return false;
            }
        }

        HasDays |= said.Day != ReleaseDay.Unknown;
        _entries[hash] = said;
        return true;
    }
}
