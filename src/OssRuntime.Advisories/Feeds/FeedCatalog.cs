using System.Collections.Immutable;
using OssRuntime.Advisories.Feeds.Amazon;
using OssRuntime.Advisories.Feeds.Cve;
using OssRuntime.Advisories.Feeds.DebianSupport;
using OssRuntime.Advisories.Feeds.DebianTracker;
using OssRuntime.Advisories.Feeds.DistroInfo;
using OssRuntime.Advisories.Feeds.DotNet;
using OssRuntime.Advisories.Feeds.EndOfLife;
using OssRuntime.Advisories.Feeds.Epss;
using OssRuntime.Advisories.Feeds.Kev;
using OssRuntime.Advisories.Feeds.Names;
using OssRuntime.Advisories.Feeds.NodeCore;
using OssRuntime.Advisories.Feeds.Nvd;
using OssRuntime.Advisories.Feeds.Oracle;
using OssRuntime.Advisories.Feeds.Osv;
using OssRuntime.Advisories.Feeds.Photon;
using OssRuntime.Advisories.Feeds.RedHat;
using OssRuntime.Advisories.Feeds.RetireJs;
using OssRuntime.Advisories.Feeds.SecDb;
using OssRuntime.Advisories.Feeds.Suse;
using OssRuntime.Advisories.Feeds.Versions;

namespace OssRuntime.Advisories.Feeds;

/// <summary>The one list of all feeds, in the order in which they are read: advisories first, then what is said about their ids.</summary>
public static class FeedCatalog
{
    /// <summary>All feeds.</summary>
    public static ImmutableArray<IFeed> All { get; } =
    [
        new OsvFeed(),
        new DebianTrackerFeed(),
        new AlpineSecDbFeed(),
        new WolfiFeed(),
        new ChainguardFeed(),
        new RedHatFeed(),
        new SuseFeed(),
        new OracleFeed(),
        new AmazonFeed(),
        new PhotonFeed(),
        new NodeCoreFeed(),
        new RetireJsFeed(),
        new DotNetFeed(),

        // What only adds to the ids that are known by now.
        new CveFeed(),
        new NvdFeed(),
        new KevFeed(),
        new EpssFeed(),

        // Lifecycles: the first that knows a cycle has the word on it.
        new EndOfLifeFeed(),
        new DistroInfoFeed(),
        new DebianSupportFeed(),

        new NamesFeed(),
        new VersionsFeed(),
    ];
}
