using System.Text.Json;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Exposure.Tests.Pods;

public sealed class PodPrivilegesTests
{
    [Fact]
    public void What_an_attacker_would_have_is_listed() =>
        Assert.Equal(
            [
                "capability NET_ADMIN web", "host-path /var/run (read-only) web", "hostNetwork", "hostPID", "privileged web", "root web",
                "root-unless-image-says-otherwise side", "service-account-token web",
            ],
            Of("""
                {"hostNetwork":true,"hostPID":true,"volumes":[{"name":"run","hostPath":{"path":"/var/run"}},{"name":"data","emptyDir":{}}],
                 "containers":[
                  {"name":"web","securityContext":{"privileged":true,"runAsUser":0,"capabilities":{"add":["NET_ADMIN"]}},
                   "volumeMounts":[{"name":"run","mountPath":"/run","readOnly":true},{"name":"data","mountPath":"/data"},{"name":"kube-api-access-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]},
                  {"name":"side"}]}
                """));

    [Theory]
    [InlineData("""{"securityContext":{"runAsNonRoot":true},"containers":[{"name":"web"}]}""")]
    [InlineData("""{"securityContext":{"runAsUser":0},"containers":[{"name":"web","securityContext":{"runAsUser":1000}}]}""")]
    [InlineData("""{"containers":null}""")]
    [InlineData("{}")]
    public void A_container_that_cannot_be_root_has_nothing(string spec) => Assert.Empty(Of(spec));

    [Fact]
    public void A_thousand_containers_do_not_make_a_thousand_lines() =>
        Assert.Equal(20, Of($"{{\"containers\":[{string.Join(',', Enumerable.Range(0, 1000).Select(Privileged))}]}}").Count);

    private static string Privileged(int i) => $"{{\"name\":\"c{i}\",\"securityContext\":{{\"privileged\":true}}}}";

    private static List<string> Of(string spec) =>
        [.. PodPrivileges.Of(JsonSerializer.Deserialize("{\"metadata\":{\"name\":\"a\"},\"spec\":" + spec + "}", PodJson.Default.PodDocument)!)];
}
