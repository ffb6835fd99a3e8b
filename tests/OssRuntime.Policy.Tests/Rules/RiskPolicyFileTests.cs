using System.Collections.Immutable;
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
    [InlineData("\"priority\":\"OutOfCycle\"", RuleSubject.Finding)]
    [InlineData("\"severity\":\"High\"", RuleSubject.Finding)]
    [InlineData("\"exposure\":\"Internet\"", RuleSubject.Finding)]
    [InlineData("\"knownExploited\":true", RuleSubject.Finding)]
    [InlineData("\"epssPercent\":10", RuleSubject.Finding)]
    [InlineData("\"malicious\":true", RuleSubject.Finding)]
    [InlineData("\"fixable\":true", RuleSubject.Finding)]
    [InlineData("\"fixableForDays\":3", RuleSubject.Finding)]
    [InlineData("\"advisories\":[\"CVE-*\"]", RuleSubject.Finding)]
    [InlineData("\"endOfLife\":true", RuleSubject.Lifecycle)]
    [InlineData("\"endOfLifeWithinDays\":3", RuleSubject.Lifecycle)]
    [InlineData("\"lifecycleStates\":[\"Unknown\"]", RuleSubject.Lifecycle)]
    [InlineData("\"unverifiedInventory\":true", RuleSubject.Inventory)]
    [InlineData("\"inventoryOlderThanDays\":3", RuleSubject.Inventory)]
    [InlineData("\"unchecked\":{}", RuleSubject.Coverage)]
    [InlineData("\"databaseOlderThan\":\"7d\"", RuleSubject.Coverage)]
    public void Each_condition_alone_makes_a_rule_of_its_subject(string condition, RuleSubject subject)
    {
        var reading = Read("{\"rules\":[{\"name\":\"a\"," + condition + "}]}");
        Assert.Empty(reading.Errors);
        Assert.Equal(subject, Assert.Single(reading.Policy!.Rules).Subject);
    }

    [Theory]
    [InlineData("1d", 1)]
    [InlineData("3650d", 3650)]
    public void A_number_of_days_has_bounds(string text, int days) =>
        Assert.Equal(days, Read("{\"rules\":[{\"name\":\"a\",\"databaseOlderThan\":\"" + text + "\"}]}").Policy!.Rules[0].DatabaseOlderThanDays);

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"runningGrace":true}""", true)]
    [InlineData("""{"runningGrace":false}""", false)]
    public void What_runs_has_grace_unless_the_policy_says_no(string spec, bool grace) => Assert.Equal(grace, Read(spec).Policy!.RunningGrace);

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"unknownImages":"Deny"}""", true)]
    [InlineData("""{"requireDigest":true,"action":"Deny"}""", true)]
    [InlineData("""{"requireDigest":true,"action":"Warn"}""", false)]
    [InlineData("""{"unknownImages":"Warn","rules":[{"name":"a","severity":"High","action":"Warn"}]}""", false)]
    [InlineData("""{"rules":[{"name":"a","severity":"High","action":"Warn"},{"name":"b","severity":"Low","action":"Deny"}]}""", true)]
    public void A_policy_denies_where_one_of_its_words_does(string spec, bool denies) => Assert.Equal(denies, Read(spec).Policy!.Denies);

    [Theory]
    [InlineData("\"fixableForDays\":3", true)]
    [InlineData("\"minimumAgeDays\":3", true)]
    [InlineData("\"inventoryOlderThanDays\":3", true)]
    [InlineData("\"databaseOlderThan\":\"3d\"", true)]
    [InlineData("\"endOfLifeWithinDays\":3", true)]
    [InlineData("\"severity\":\"High\"", false)]
    public void A_rule_that_speaks_of_ages_is_judged_anew_each_day(string condition, bool depends) =>
        Assert.Equal(depends, Read("{\"rules\":[{\"name\":\"a\"," + condition + "}]}").Policy!.Rules[0].DependsOnTheDay);

    [Theory]
    [InlineData("tier=prod,zone=a", true)]
    [InlineData("tier=prod", false)]
    [InlineData("zone=a", false)]
    public void All_labels_of_a_selector_must_hold(string labels, bool isFor)
    {
        var policy = Read("""{"selector":{"namespaceLabels":["tier=prod","zone=a"]}}""").Policy!;
        Assert.Equal(isFor, policy.IsForNamespace("shop", labels.Split(',').Select(label => label.Split('=')).ToDictionary(pair => pair[0], pair => pair[1])));
    }

    [Fact]
    public void Lists_that_nobody_filled_are_empty()
    {
        var rule = new RiskRuleSpec
        {
            Advisories = default,
            LifecycleStates = default,
            DeniedPackages = default,
            VettedPackages = default,
            Ecosystems = default,
            ReservedPackages = default,
            Origins = default,
            Licenses = default,
            AllowedLicenses = default,
        };
        var selector = new PolicySelectorSpec { Namespaces = default, ExcludedNamespaces = default, NamespaceLabels = default, Images = default };
        ImmutableArray<string>[] lists =
        [
            rule.Advisories, rule.LifecycleStates, rule.DeniedPackages, rule.VettedPackages, rule.Ecosystems, rule.ReservedPackages, rule.Origins, rule.Licenses, rule.AllowedLicenses,
            selector.Namespaces, selector.ExcludedNamespaces, selector.NamespaceLabels, selector.Images, new UncheckedRuleSpec { Reasons = default }.Reasons,
        ];
        Assert.All(lists, list => Assert.False(list.IsDefault));
        Assert.False(new RiskPolicySpec { Rules = default }.Rules.IsDefault);
        Assert.Equal(["NoDatabase"], new UncheckedRuleSpec { Reasons = ["NoDatabase"] }.Reasons);
    }

    [Fact]
    public void Another_kind_is_refused_by_name() =>
        Assert.Equal("kind: is not RiskPolicy of ossruntime.io/v1alpha1", Assert.Single(RiskPolicyFile.Read(JsonDocument.Parse("""{"apiVersion":"v1","kind":"Pod"}""").RootElement).Errors).ToString());

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
    [InlineData("""{"rules":[{"name":"a","unchecked":{"reasons":["NoReason"]}}]}""", "spec.rules[0].unchecked.reasons[0]", "'NoReason' is invalid, use one of NoDatabase, DatabaseStale, EcosystemNotCovered, VersionNotComparable, DistributionUnknown, NoPackageDatabase, FilesUnreadable, NotMatched, PartOfImageUnsupported")]
    [InlineData("""{"rules":[{"name":"a","unchecked":{"atLeast":0}}]}""", "spec.rules[0].unchecked.atLeast", "must be a number from 1 to 2147483647")]
    [InlineData("""{"rules":[{"name":"a","unchecked":{"atLeastPercent":101}}]}""", "spec.rules[0].unchecked.atLeastPercent", "must be a number from 1 to 100")]
    [InlineData("""{"rules":[{"name":"a","databaseOlderThan":"0d"}]}""", "spec.rules[0].databaseOlderThan", "'0d' is invalid, write a number of days from 1d to 3650d")]
    [InlineData("""{"rules":[{"name":"a","databaseOlderThan":"3651d"}]}""", "spec.rules[0].databaseOlderThan", "'3651d' is invalid, write a number of days from 1d to 3650d")]
    [InlineData("""{"rules":[{"name":"a","databaseOlderThan":"7"}]}""", "spec.rules[0].databaseOlderThan", "'7' is invalid, write a number of days from 1d to 3650d")]
    [InlineData("""{"rules":[{"name":"a","databaseOlderThan":"-1d"}]}""", "spec.rules[0].databaseOlderThan", "'-1d' is invalid, write a number of days from 1d to 3650d")]
    [InlineData("""{"rules":[{"name":"a","severity":"High","action":"Block"}]}""", "spec.rules[0].action", "'Block' is invalid, use one of Audit, Warn, Deny")]
    [InlineData("""{"rules":[{"name":"a","priority":"Now"}]}""", "spec.rules[0].priority", "'Now' is invalid, use one of Defer, Scheduled, OutOfCycle, Immediate")]
    [InlineData("""{"rules":[{"name":"a","exposure":"World"}]}""", "spec.rules[0].exposure", "'World' is invalid, use one of None, Namespace, Cluster, Internet")]
    [InlineData("""{"rules":[{"name":"a","reportSeverity":"Grave","severity":"High"}]}""", "spec.rules[0].reportSeverity", "'Grave' is invalid, use one of Unknown, None, Low, Medium, High, Critical, Malicious")]
    [InlineData("""{"rules":[{"name":"a","vettedPackages":["x","pkg:npm/a"],"ecosystems":["npm"]}]}""", "spec.rules[0].vettedPackages[0]", "must be a package URL such as pkg:npm/lodash or pkg:npm/lodash <4.17.21")]
    [InlineData("""{"rules":[{"name":"a","reservedPackages":["x","pkg:npm/a"],"origins":["https://a.example/*"]}]}""", "spec.rules[0].reservedPackages[0]", "must be a package URL such as pkg:npm/lodash or pkg:npm/lodash <4.17.21")]
    [InlineData("""{"maximumExceptionDays":0}""", "spec.maximumExceptionDays", "must be a number from 1 to 3650")]
    [InlineData("""{"selector":{"namespaceLabels":["=prod"]}}""", "spec.selector.namespaceLabels[0]", "must be key=value")]
    [InlineData("""{"rules":[{"name":"a","severity":"High","unchecked":{}}]}""", "spec.rules[0]", "mixes conditions on finding and coverage: make it two rules")]
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
