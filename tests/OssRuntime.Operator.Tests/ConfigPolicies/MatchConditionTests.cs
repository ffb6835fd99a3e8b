using System.Text.RegularExpressions;

namespace OssRuntime.Operator.Tests.ConfigPolicies;

/// <summary>
/// The chart's matchCondition decides what the webhook is not asked for. One that errs makes the API server skip the webhook, so that it must hold for
/// every kind that the webhook is for.
/// </summary>
public sealed partial class MatchConditionTests
{
    private const string Web = """{"spec":{"containers":[{"image":"web:1"}]}}""";
    private const string WebInit = """{"spec":{"containers":[{"image":"web:1"}],"initContainers":[{"image":"init:1"}]}}""";
    private const string Template = """{"spec":{"template":{"spec":{"containers":[{"image":"web:1"}]}}}}""";

    [Theory]
    [InlineData("CREATE", "pods", null, Web, null, true)]
    [InlineData("UPDATE", "pods", null, Web, Web, false)]
    [InlineData("UPDATE", "pods", null, WebInit, WebInit, false)]
    [InlineData("UPDATE", "pods", null, WebInit, Web, true)]
    [InlineData("UPDATE", "pods", null, """{"spec":{"containers":[{"image":"web:2"}]}}""", Web, true)]
    [InlineData("UPDATE", "pods", "ephemeralcontainers", Web, Web, true)]
    [InlineData("CREATE", "deployments", null, Template, null, true)]
    [InlineData("UPDATE", "deployments", null, Template, Template, true)]
    [InlineData("CREATE", "cronjobs", null, """{"spec":{"jobTemplate":{}}}""", null, true)]
    public void Only_pods_that_are_written_with_the_same_images_are_passed_over(string operation, string resource, string? subresource, string item, string? old, bool asked)
    {
        var request = new Dictionary<string, object?> { ["operation"] = operation, ["resource"] = new Dictionary<string, object?> { ["resource"] = resource } };
        if (subresource is not null)
        {
            request["subResource"] = subresource;
        }

        var variables = new Dictionary<string, object?> { ["request"] = request, ["object"] = CelPolicy.Of(item), ["oldObject"] = CelPolicy.Of(old) };
        Assert.Equal(asked, CelPolicy.Evaluate(Expression(), variables));
    }

    private static string Expression()
    {
        var template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ConfigPolicies/webhooks.yaml"));
        return string.Join(' ', Condition().Match(template).Groups["text"].Value.Split('\n').Select(line => line.Trim()));
    }

    [GeneratedRegex(@"name: images-change\n\s+expression: >-\n(?<text>(?s:.*?))\n\s+\{\{- with")]
    private static partial Regex Condition();
}
