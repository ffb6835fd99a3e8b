using System.Collections.Concurrent;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// Answers about packages that were asked for lately: images share most of their packages. An answer is kept when it is asked for the second
/// time, for most packages that only one image has are never asked for again. It holds so many answers at most, in two halves; when the
/// young half is full it becomes the old one, and what nobody asked for since is forgotten.
/// </summary>
internal sealed class MatchMemory(int most = MatchMemory.Usual)
{
    /// <summary>Answers kept: about thirty megabytes where each has a finding or two.</summary>
    private const int Usual = 32_768;

    private const int MostSeen = 1 << 16;

    // It grows with what is asked for: whoever matches a single image pays for no more.
    private long[] _seenOnce = new long[1 << 9];
    private int _offered;

    private ConcurrentDictionary<Key, PackageMatch> _young = new();
    private int _kept;
    private ConcurrentDictionary<Key, PackageMatch>? _old;

    /// <summary>What is asked for.</summary>
    internal readonly record struct Key(Ecosystem Ecosystem, string Name, string Version, SourcePackage? Source, string? Module, ProgramIdentity? Program, bool IsThirdParty, bool IsInferred)
    {
        /// <summary>Name and version tell packages apart well enough; hashing all the rest three times over took a twentieth of matching.</summary>
        public override int GetHashCode() => HashCode.Combine(Name, Version);
    }

    /// <summary>The answer, if it is remembered.</summary>
    public PackageMatch? Find(in Key key)
    {
        if (_young.TryGetValue(key, out var match))
        {
            return match;
        }

        if (_old is { } old && old.TryGetValue(key, out match))
        {
            Keep(key, match);
        }

        return match;
    }

    /// <summary>Remembers an answer that is given for the second time.</summary>
    public void Offer(in Key key, PackageMatch match)
    {
        var seenOnce = _seenOnce;
        var hash = ((long)StringComparer.Ordinal.GetHashCode(key.Version) << 32) | (uint)key.GetHashCode();
        ref var seen = ref seenOnce[(int)((uint)hash % (uint)seenOnce.Length)];
        if (Volatile.Read(ref seen) == hash)
        {
            Keep(key, match);
        }
        else
        {
            Volatile.Write(ref seen, hash);
            if (seenOnce.Length < MostSeen && Interlocked.Increment(ref _offered) == seenOnce.Length)
            {
                Grow(seenOnce);
            }
        }
    }

    /// <summary>What was seen is put where the larger table looks for it.</summary>
    private void Grow(long[] seenOnce)
    {
        var larger = new long[seenOnce.Length * 8];
        foreach (var hash in seenOnce)
        {
            larger[(int)((uint)hash % (uint)larger.Length)] = hash;
        }

        Volatile.Write(ref _offered, 0);
        Volatile.Write(ref _seenOnce, larger);
    }

    private void Keep(in Key key, PackageMatch match)
    {
        // A race may forget a half too early: it costs a lookup, and no answer depends on it.
        if (_young.TryAdd(key, match) && Interlocked.Increment(ref _kept) > most / 2)
        {
            Interlocked.Exchange(ref _kept, 0);
            _old = Interlocked.Exchange(ref _young, new ConcurrentDictionary<Key, PackageMatch>());
        }
    }
}
