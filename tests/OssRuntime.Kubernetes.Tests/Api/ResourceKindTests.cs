using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Tests.Api;

public sealed class ResourceKindTests
{
    private static readonly ResourceKind Pods = new("", "v1", "pods", "Pod", Namespaced: true);
    private static readonly ResourceKind Nodes = new("", "v1", "nodes", "Node", Namespaced: false);

    [Fact]
    public void Paths_are_those_of_the_API()
    {
        Assert.Equal("api/v1/pods", Pods.CollectionPath(null));
        Assert.Equal("api/v1/namespaces/ns/pods", Pods.CollectionPath("ns"));
        Assert.Equal("api/v1/namespaces/ns/pods/a/status", Pods.ObjectPath(new ObjectKey("ns", "a"), "status"));
        Assert.Equal("api/v1/nodes/a", Nodes.ObjectPath(new ObjectKey(null, "a")));
        Assert.Equal("apis/contract.ossruntime.io/v1/namespaces/ns/widgets/a", Widget.ResourceKind.ObjectPath(new ObjectKey("ns", "a")));
        Assert.Equal(("v1", "contract.ossruntime.io/v1"), (Pods.ApiVersion, Widget.ResourceKind.ApiVersion));
    }

    /// <summary>Names that would change a path, escaped or not.</summary>
    public static TheoryData<string> Elsewhere => ["..", ".", "", "/", "a/b", "a/../../secrets/b", "../b", "a%2fb", "%2e%2e", "a\r\nb", "a\0", "a\u0085b"];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_name_that_would_lead_elsewhere_is_refused_in_every_place(string name)
    {
        Assert.Throws<InvalidNameException>(() => Pods.ObjectPath(new ObjectKey("ns", name)));
        Assert.Throws<InvalidNameException>(() => Pods.ObjectPath(new ObjectKey(name, "a")));
        Assert.Throws<InvalidNameException>(() => Pods.ObjectPath(new ObjectKey("ns", "a"), name));
        Assert.Throws<InvalidNameException>(() => (Pods with { Version = name }).CollectionPath(null));
        Assert.Throws<InvalidNameException>(() => (Pods with { Plural = name }).CollectionPath(null));
        Assert.Throws<InvalidNameException>(() => (Widget.ResourceKind with { Version = name }).CollectionPath(null));
        if (name.Length > 0)
        {
            Assert.Throws<InvalidNameException>(() => (Widget.ResourceKind with { Group = name }).CollectionPath(null));
        }
    }

    [Fact]
    public void The_message_on_a_refused_name_is_one_line_and_short() =>
        Assert.Matches("^'a\\?b/x+…' is not a name [^\n]{1,200}$", new InvalidNameException("a\nb/" + new string('x', 10_000)).Message);

    [Theory]
    [InlineData("a?watch=true")]
    [InlineData("a#b")]
    [InlineData("a\\..\\b")]
    [InlineData("...")]
    [InlineData("system:node")]
    public void A_name_stays_one_segment(string name)
    {
        var address = new Uri(new Uri("http://server/"), Pods.ObjectPath(new ObjectKey("ns", name)));
        Assert.Equal(7, address.Segments.Length);
        Assert.Empty(address.Query + address.Fragment);
    }

    [Fact]
    public void A_namespaced_object_needs_its_namespace() => Assert.Throws<ArgumentException>(() => Pods.ObjectPath(new ObjectKey(null, "a")));

    [Fact]
    public void Keys_sort_by_namespace_and_name()
    {
        ObjectKey[] keys = [new("b", "a"), new("a", "b"), new(null, "z"), new("a", "a")];
        Assert.Equal(["z", "a/a", "a/b", "b/a"], keys.Order().Select(key => key.ToString()));
        Assert.True(keys[3] < keys[1] && keys[1] <= keys[1] && keys[0] > keys[1] && keys[0] >= keys[0]);
    }
}
