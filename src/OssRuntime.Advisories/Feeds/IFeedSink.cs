namespace OssRuntime.Advisories.Feeds;

/// <summary>What a feed gives its records to. Calls come one after another, never at the same time.</summary>
public interface IFeedSink
{
    /// <summary>What follows comes from this source: the feed's name, or its name and a part of it, <c>osv/npm</c>.</summary>
    void Begin(string source);

    /// <summary>An advisory.</summary>
    void Accept(FeedAdvisory record);

    /// <summary>A CVE that a catalogue says is exploited.</summary>
    void AcceptExploited(string cve);

    /// <summary>The probability, 0 to 1, that a CVE is exploited within 30 days.</summary>
    void AcceptEpss(string cve, float probability);

    /// <summary>A product's release cycles.</summary>
    void AcceptProduct(LifecycleProduct product);

    /// <summary>A package name that exists in an ecosystem, and how popular it is: the greater, the more. Null where the list does not say.</summary>
    void AcceptName(string ecosystem, string name, long? popularity);

    /// <summary>
    /// A version of a package that was published, <c>yanked</c> or <c>deprecated</c> where its publisher says so, and the day of its publication where that is
    /// known.
    /// </summary>
    void AcceptVersion(string ecosystem, string name, string version, string? note, DateOnly? published);

    /// <summary>A record that is left out, and why.</summary>
    void Skip(string record, string reason);

    /// <summary>A record that is kept without a part of it, and why.</summary>
    void Trim(string record, string reason);

    /// <summary>A file that could not be read, or not to its end, and why.</summary>
    void Fail(string file, string reason);
}
