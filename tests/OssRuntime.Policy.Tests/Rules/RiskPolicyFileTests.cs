using System.Text.Json;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Tests.Rules;

public sealed class RiskPolicyFileTests
{
    [Fact]
    public void A_whole_policy_is_read()
    {
        var reading = Read("""
            {"selector":{"namespaces":["shop","team-*"],"excludedNamespaces":["team-x"],"namespaceLabels":["tier=prod"],"images":["registry.example/*"]},
             "action":"Deny","unknownImages":"Warn","runningGrace":false,"maximumExceptionDays":90,
             "rules":[
              {"name":"exploited","knownExploited":true,"exposure":"Internet","message":"ask the platform team"},
              {"name":"urgent","priority":"OutOfCycle","action":"Warn"},
              {"name":"ended","endOfLife":true},
              {"name":"ending","endOfLifeWithinDays":30,"action":"Audit"},
              {"name":"denied","deniedPackages":["pkg:npm/event-stream","pkg:npm/lodash <4.17.21"]},
              {"name":"ours","reservedPackages":["pkg:npm/@acme/*"],"origins":["https://npm.acme.example/*"]},
              {"name":"proven","unverifiedInventory":true}]}
            """);
        Assert.Empty(reading.Errors);
        var policy = reading.Policy!;
        Assert.Equal(
            [PolicyAction.Deny, PolicyAction.Warn, PolicyAction.Deny, PolicyAction.Audit, PolicyAction.Deny, PolicyAction.Deny, PolicyAction.Deny],
            policy.Rules.Select(rule => rule.Action));
        Assert.Equal(
            [RuleSubject.Finding, RuleSubject.Finding, RuleSubject.Lifecycle, RuleSubject.Lifecycle, RuleSubject.Package, RuleSubject.Package, RuleSubject.Inventory],
            policy.Rules.Select(rule => rule.Subject));
        Dictionary<string, string> labels = new() { ["tier"] = "prod" };
        Assert.True(policy.IsFor("team-a", labels, "registry.example/web:1"));
        Assert.False(policy.IsFor("team-x", labels, "registry.example/web:1"));
        Assert.False(policy.IsFor("team-a", new Dictionary<string, string>(), "registry.example/web:1"));
        Assert.False(policy.IsFor("team-a", labels, "docker.io/web:1"));
        Assert.False(policy.IsFor("other", labels, "registry.example/web:1"));
    }

    [Theory]
    [InlineData("""{"action":"deny"}""", "spec.action", "'deny' is invalid, use one of Audit, Warn, Deny")]
    [InlineData("""{"action":"2"}""", "spec.action", "'2' is invalid, use one of Audit, Warn, Deny")]
    [InlineData("""{"unknownImages":"Audit, Deny"}""", "spec.unknownImages", "'Audit, Deny' is invalid, use one of Audit, Warn, Deny")]
    [InlineData("""{"rules":[{"name":"a","severity":"Critcal"}]}""", "spec.rules[0].severity", "'Critcal' is invalid, use one of Unknown, None, Low, Medium, High, Critical, Malicious")]
    [InlineData("""{"rules":[{"name":"a","severity":"High"},{"name":"b","epssPercent":101}]}""", "spec.rules[1].epssPercent", "must be a number from 0 to 100")]
    [InlineData("""{"rules":[{"severity":"High"}]}""", "spec.rules[0].name", "is required, 63 characters at most")]
    [InlineData("""{"rules":[{"name":"a","severity":"High"},{"name":"a","severity":"Low"}]}""", "spec.rules[1].name", "there is another rule 'a'")]
    [InlineData("""{"rules":[{"name":"a"}]}""", "spec.rules[0]", "has no condition")]
    [InlineData("""{"rules":[{"name":"a","severity":"High","endOfLife":true}]}""", "spec.rules[0]", "mixes conditions on finding and lifecycle: make it two rules")]
    [InlineData("""{"rules":[{"name":"a","malicious":true,"severity":"Low"}]}""", "spec.rules[0].severity", "cannot be used with malicious: true, because malicious packages have a severity of their own")]
    [InlineData("""{"rules":[{"name":"a","deniedPackages":["lodash"]}]}""", "spec.rules[0].deniedPackages[0]", "must be a package URL such as pkg:npm/lodash or pkg:npm/lodash <4.17.21")]
    [InlineData("""{"rules":[{"name":"a","reservedPackages":["pkg:npm/a"]}]}""", "spec.rules[0].origins", "is required: reserved packages and origins go together")]
    [InlineData("""{"rules":[{"name":"a","fixable":false,"fixableForDays":3}]}""", "spec.rules[0].fixableForDays", "cannot be used with fixable: false, because it counts the days since a fix is known")]
    [InlineData("""{"rules":[{"name":"a","malicious":false,"severity":"Malicious"}]}""", "spec.rules[0].severity", "cannot be Malicious with malicious: false, because only malicious packages have this severity")]
    [InlineData("""{"rules":[{"name":"a","severity":"Low","reportSeverity":"Malicious"}]}""", "spec.rules[0].reportSeverity", "'Malicious' is invalid, use one of Low, Medium, High, Critical")]
    [InlineData("""{"rules":[{"name":"a","lifecycleStates":["Ended"]}]}""", "spec.rules[0].lifecycleStates[0]", "'Ended' is invalid, use one of Unknown, Supported, SecurityOnly, EndOfLife")]
    [InlineData("""{"rules":[{"name":"a","minimumAgeDays":0}]}""", "spec.rules[0].minimumAgeDays", "must be a number from 1 to 3650")]
    [InlineData("""{"rules":[{"name":"a","licenses":["MIT"],"inventoryOlderThanDays":9}]}""", "spec.rules[0]", "mixes conditions on package and inventory: make it two rules")]
    [InlineData("""{"selector":{"namespaceLabels":["prod"]}}""", "spec.selector.namespaceLabels[0]", "must be key=value")]
    [InlineData("""{"rules":[null]}""", "spec.rules[0]", "is null")]
    [InlineData("""{"rules":[{"name":"a","severty":"High"}]}""", "spec.rules[0].severty", "is not a field of a RiskPolicy")]
    [InlineData("""{"rules":"all"}""", "spec.rules", "has a value of the wrong type")]
    [InlineData("""{"rules":[{"name":"a","knownExploited":"yes"}]}""", "spec.rules[0].knownExploited", "has a value of the wrong type")]
    [InlineData("""{"rules":[{"name":"a","endOfLife":false}]}""", "spec.rules[0].endOfLife", "must be true or left out")]
    [InlineData("""{"rules":[{"name":"a","unverifiedInventory":false}]}""", "spec.rules[0].unverifiedInventory", "must be true or left out")]
    [InlineData("""{"rules":[{"name":"a","deniedPackages":["pkg:npm/a"],"ecosystems":["npm"]}]}""", "spec.rules[0].vettedPackages", "is required with ecosystems, unless minimumAgeDays is given")]
    [InlineData("""{"rules":[{"name":"a","deniedPackages":["pkg:npm/a"],"origins":["https://a.example/*"]}]}""", "spec.rules[0].reservedPackages", "is required: reserved packages and origins go together")]
    [InlineData("""{"rules":[{"name":"1234567890123456789012345678901234567890123456789012345678901234","severity":"High"}]}""", "spec.rules[0].name", "is required, 63 characters at most")]
    [InlineData("""{"rules":[{"name":"a","epssPercent":-1}]}""", "spec.rules[0].epssPercent", "must be a number from 0 to 100")]
    [InlineData("""{"rules":[{"name":"a","fixableForDays":0}]}""", "spec.rules[0].fixableForDays", "must be a number from 1 to 3650")]
    [InlineData("""{"rules":[{"name":"a","endOfLifeWithinDays":-1}]}""", "spec.rules[0].endOfLifeWithinDays", "must be a number from 0 to 3650")]
    [InlineData("""{"rules":[{"name":"a","inventoryOlderThanDays":3651}]}""", "spec.rules[0].inventoryOlderThanDays", "must be a number from 1 to 3650")]
    [InlineData("null", "spec", "is required")]
    [InlineData("[]", "spec", "has a value of the wrong type")]
    public void What_is_wrong_is_said_with_its_path(string spec, string path, string message)
    {
        var reading = Read(spec);
        Assert.Null(reading.Policy);
        Assert.Equal([new FieldError(path, message)], reading.Errors);
    }

    [Theory]
    [InlineData("""{"name":"123456789012345678901234567890123456789012345678901234567890123","severity":"High"}""")]
    [InlineData("""{"name":"a","epssPercent":0}""")]
    [InlineData("""{"name":"a","epssPercent":100}""")]
    [InlineData("""{"name":"a","fixableForDays":1,"fixable":true}""")]
    [InlineData("""{"name":"a","fixableForDays":3650}""")]
    [InlineData("""{"name":"a","endOfLifeWithinDays":0}""")]
    [InlineData("""{"name":"a","minimumAgeDays":3650,"ecosystems":["npm"]}""")]
    [InlineData("""{"name":"a","inventoryOlderThanDays":1}""")]
    [InlineData("""{"name":"a","malicious":false,"severity":"High"}""")]
    [InlineData("""{"name":"a","malicious":true}""")]
    [InlineData("""{"name":"a","severity":"Low","reportSeverity":"Low"}""")]
    [InlineData("""{"name":"a","severity":"Low","reportSeverity":"Critical"}""")]
    public void What_is_at_the_edge_is_read(string rule) => Assert.Empty(Read("{\"rules\":[" + rule + "]}").Errors);

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void A_policy_has_a_hundred_rules_at_most(int rules, int errors) =>
        Assert.Equal(errors, Read("{\"rules\":[" + string.Join(',', Enumerable.Range(0, rules).Select(i => $"{{\"name\":\"r{i}\",\"severity\":\"High\"}}")) + "]}").Errors.Length);

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(10_001, 1)]
    public void A_rule_names_ten_thousand_packages_at_most(int packages, int errors) =>
        Assert.Equal(errors, Read("{\"rules\":[{\"name\":\"a\",\"deniedPackages\":[" + string.Join(',', Enumerable.Repeat("\"pkg:npm/a\"", packages)) + "]}]}").Errors.Length);

    [Fact]
    public void Of_what_is_wrong_fifty_things_are_said() =>
        Assert.Equal(50, Read("{\"rules\":[" + string.Join(',', Enumerable.Range(0, 51).Select(i => $"{{\"name\":\"r{i}\"}}")) + "]}").Errors.Length);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"kind":"Pod"}""")]
    [InlineData("""{"apiVersion":"ossruntime.io/v1","kind":"RiskPolicy"}""")]
    public void What_is_no_policy_is_refused(string json) => Assert.Single(RiskPolicyFile.Read(JsonDocument.Parse(json).RootElement).Errors);

    [Fact]
    public void A_thousand_rules_are_too_many() =>
        Assert.Equal(
            "spec.rules",
            Read("{\"rules\":[" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"{{\"name\":\"r{i}\",\"severity\":\"High\"}}")) + "]}").Errors[0].Path);

    private static PolicyReading Read(string spec) => RiskPolicyFile.Read(
        JsonDocument.Parse("{\"apiVersion\":\"ossruntime.io/v1alpha1\",\"kind\":\"RiskPolicy\",\"metadata\":{\"name\":\"prod\",\"labels\":{\"a\":\"b\"}},\"spec\":" + spec + "}").RootElement);
}
