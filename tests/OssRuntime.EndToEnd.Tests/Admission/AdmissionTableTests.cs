using System.Net;
using System.Text.Json.Nodes;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>
/// None refused wrongly, none let in wrongly: the table of cases of the operator's own tests, asked of a real API server, which asks the webhooks.
/// </summary>
[Collection(AdmissionCollection.Name)]
public sealed class AdmissionTableTests(AdmissionCluster cluster, ITestOutputHelper output)
{
    private const string Owner = "web";
    private const string Inventories = "apis/ossruntime.io/v1alpha1/imageinventories";

    private static readonly string[] Forgeries = ["forged", "forged-seal", "moved-seal", "older"];

    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prepared = new(StringComparer.Ordinal);
    private int _names;

    [Fact]
    public async Task Every_case_of_the_table_is_answered_as_it_says()
    {
        var cases = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Admission/testdata/cases.txt")).Where(line => line.Length > 0 && line[0] != '#')
            // An older form of a policy lasts for moments here; and this server may be older than ephemeral containers.
            .Where(line => !line.Contains(" stale ", StringComparison.Ordinal) && !line.Contains(" Ephemeral ", StringComparison.Ordinal)).ToList();
        Assert.True(cases.Count >= 60);
        await PrepareAsync(cases);

        var wrong = new List<string>();
        foreach (var line in cases)
        {
            var seen = await AskAsync(line.Split(' '));
            var expected = line.Split(" -> ")[1].Split(' ')[0];
            if (seen.Decision != expected)
            {
                wrong.Add($"{line}: {seen.Decision} {string.Join(' ', seen.Warnings)}");
            }
        }

        output.WriteLine($"{cases.Count} cases on {cluster.Cluster.Origin}, {wrong.Count} wrong");
        Assert.Empty(wrong);
        await cluster.StopAllAsync();
    }

    private async Task PrepareAsync(List<string> cases)
    {
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        cluster.Registry.Script("/v2/shop/pending", HttpStatusCode.Forbidden);
        cluster.Registry.Script("/v2/shop/unread", HttpStatusCode.Forbidden);
        foreach (var (name, package) in new[] { ("clean", "good"), ("web", "bad"), ("web-running", "bad"), ("pending", "good"), ("pending-running", "good") }
            .Concat(Forgeries.Select(how => ($"unread-{how}", "bad"))))
        {
            _images[name] = cluster.Push($"shop/{name}", "1", package);
        }

        await cluster.SpaceAsync("warmup", "free", "other");
        foreach (var (name, image) in _images)
        {
            await cluster.RunAsync("warmup", name, cluster.Registry.Reference($"shop/{name}", "1"), image);
        }

        // What is there before the policies are, and before anybody answers.
        await cluster.SpaceAsync("deny-warn-grace");
        foreach (var kind in new[] { "Pod", "Deployment" })
        {
            Assert.Equal("allowed", (await CreateAsync(kind, "deny-warn-grace", "old", [_images["web"]])).Decision);
        }

        await RunAsync(cases);
        var forms = cases.Select(line => line.Split(' ')).Select(words => (Action: words[0], Unknown: words[1], Grace: words[2])).Distinct().ToList();
        foreach (var (action, unknown, grace) in forms)
        {
            var name = Name(action, unknown, grace);
            var also = name == "deny-deny-grace" ? ", kube-system, ossruntime" : "";
            await cluster.Applier.ApplyAsync(
                $"{{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {{name: {name}}}, spec: {{selector: {{namespaces: [{name}, {name}-*{also}]}}, action: {action}, unknownImages: {unknown}, runningGrace: {(grace == "grace" ? "true" : "false")}, rules: [{{name: severe, severity: Critical}}]}}}}");
        }

        cluster.Start();
        await cluster.ServedByAsync(1);
        await SpineStage.EventuallyAsync(
            async () =>
            {
                // The cluster may hold images of other tests.
                var mine = (await cluster.ImagesAsync()).Where(image => _images.Values.Any(name => name.EndsWith(image.Spec.GetProperty("digest").GetString()!, StringComparison.Ordinal))).ToList();
                return mine.Count(image => image.ReasonOf("Matched") is "PartlyCovered" or "Matched") == 3 && mine.Count(image => image.ReasonOf("Inventoried") == "Forbidden") == 2 + Forgeries.Length;
            },
            "three images matched and the others that cannot be read");
        foreach (var name in new[] { "clean", "web", "pending" })
        {
            await cluster.Admin.DeleteAsync($"api/v1/namespaces/warmup/pods/{name}");
        }

        foreach (var words in cases.Select(line => line.Split(' ')))
        {
            await PrepareSpaceAsync(words);
        }

        await SpineStage.EventuallyAsync(
            async () => (await cluster.Alice.CreateAsync("api/v1/namespaces/deny-warn-grace/pods", cluster.Pod([_images["web"]]), dryRun: true)).Decision == "denied",
            "the digests that no pod runs any more to be known as such");
    }

    // Grace is for what a workload of the namespace ran before there was a policy; and a name means what something in the namespace runs under it.
    private async Task RunAsync(List<string> cases)
    {
        foreach (var words in cases.Select(line => line.Split(' ')).DistinctBy(words => (SpaceOf(words), words[3], words[4])))
        {
            var @namespace = SpaceOf(words);
            var running = words[3] switch { "bad" or "whitened" => "web-running", "pending" => "pending-running", _ => $"unread-{words[3]}" };
            if (words[4] == "runs" && _images.TryGetValue(running, out var image) && _runs.Add($"{@namespace}/{running}"))
            {
                await cluster.SpaceAsync(@namespace);
                await cluster.RunAsync(@namespace, running, image, image, Owner);
            }
            else if (words[3] == "tag" && _runs.Add($"{@namespace}/tag"))
            {
                await cluster.SpaceAsync(@namespace);
                await cluster.RunAsync(@namespace, "tag", cluster.Registry.Reference("shop/web", "1"), _images["web"]);
            }
        }
    }

    // A namespace for each policy and exception.
    private async Task PrepareSpaceAsync(string[] words)
    {
        var (@namespace, exception) = (SpaceOf(words), words[8]);
        if (@namespace is "kube-system" or "ossruntime" or "free" || !_prepared.Add(@namespace))
        {
            return;
        }

        await cluster.SpaceAsync(@namespace);
        if (exception == "none")
        {
            return;
        }

        var place = exception == "other-namespace" ? "other" : @namespace;
        var path = $"apis/ossruntime.io/v1alpha1/namespaces/{place}/riskexceptions";
        var expires = DateTimeOffset.UtcNow + (exception == "expired" ? TimeSpan.FromSeconds(2) : TimeSpan.FromDays(1));
        var workload = exception == "other-workload" ? "Deployment/other" : "*";
        var body = $$$"""{"apiVersion":"ossruntime.io/v1alpha1","kind":"RiskException","metadata":{"name":"{{{@namespace}}}"},"spec":{"advisories":["CVE-2021-1"],"workloads":["{{{workload}}}"],"reason":"not reachable","expires":"{{{expires:yyyy-MM-ddTHH:mm:ssZ}}}"}}""";
        Assert.Equal(201, (await cluster.Alice.CreateAsync(path, body)).Code);
        if (exception == "unapproved")
        {
            return;
        }

        var approval = await (exception == "self" ? cluster.Alice : cluster.Bob).MergeAsync($"{path}/{@namespace}", """{"spec":{"approved":true}}""");
        Assert.Equal(exception == "self" ? "denied" : "allowed", approval.Decision);
        if (exception == "expired")
        {
            await SpineStage.EventuallyAsync(
                async () => (await cluster.Admin.GetAsync($"{path}/{@namespace}")).Text.Contains("\"Expired\"", StringComparison.Ordinal), "an exception to end by the clock");
        }
        else if (exception == "granted")
        {
            await SpineStage.EventuallyAsync(
                async () => (await cluster.Alice.CreateAsync($"api/v1/namespaces/{@namespace}/pods", cluster.Pod([_images["web"]]), dryRun: true)).Decision == "allowed", "an exception to be in force");
        }
    }

    private async Task<AdmissionAnswerSeen> AskAsync(string[] words)
    {
        var (image, runs, kind, operation, @namespace) = (words[3], words[4] == "runs", words[5], words[6], SpaceOf(words));
        string[] images = image switch
        {
            "clean" => [_images["clean"]],
            "bad" => [_images[runs ? "web-running" : "web"]],
            "mixed" => [_images["clean"], _images["web"]],
            "tag" => [cluster.Registry.Reference("shop/web", "1")],
            "pending" => [_images[runs ? "pending-running" : "pending"]],
            "forged" or "forged-seal" or "moved-seal" or "older" => [await ForgeAsync(image, runs ? _images[$"unread-{image}"] : null)],
            "whitened" => [await WhitenAsync(_images[runs ? "web-running" : "web"])],
            "forged-status" => [await ForgeStatusAsync(_images["web"])],
            "renamed" => [await RenameAsync(_images["clean"], cluster.Registry.Reference($"shop/never-seen-{++_names}", "1"))],
            _ => [cluster.Registry.Reference($"shop/never-seen-{++_names}", "1")],
        };
        var name = $"case-{++_names}";
        var path = PathOf(kind, @namespace);
        switch (operation)
        {
            case "CREATE" when kind == "Status":
                await CreateAsync("Pod", @namespace, name, [_images["clean"]]);
                return await cluster.Alice.MergeAsync($"{path}/{name}/status", """{"status":{"message":"on"}}""");
            case "CREATE" when kind == "Binding":
                await cluster.Alice.CreateAsync(PathOf("Pod", @namespace), cluster.Pod([_images["clean"]], name).Replace("\"nodeName\":\"elsewhere\",", "", StringComparison.Ordinal));
                return await cluster.Alice.CreateAsync($"{path}/{name}/binding", $$$"""{"apiVersion":"v1","kind":"Binding","metadata":{"name":"{{{name}}}"},"target":{"kind":"Node","name":"elsewhere"}}""");
            case "CREATE" when runs:
                return await cluster.Alice.CreateAsync(PathOf(kind, @namespace), AdmissionCluster.Owned(Body(kind, name, images), Owner));
            case "CREATE":
                return await CreateAsync(kind, @namespace, name, images);
            case "DELETE":
                Assert.InRange((await CreateAsync(kind, @namespace, name, [_images["clean"]])).Code, 200, 299);
                return await cluster.Alice.DeleteAsync($"{path}/{name}");
            case "UPDATE-same":
                return await cluster.Alice.MergeAsync($"{path}/old", """{"metadata":{"labels":{"touched":"yes"}}}""");
            default:
                Assert.InRange((await CreateAsync(kind, @namespace, name, [_images["clean"]])).Code, 200, 299);
                var change = JsonNode.Parse($$"""{"containers":[{"name":"c0","image":"{{images[0]}}"}]}""")!;
                return await cluster.Alice.MergeAsync(
                    $"{path}/{name}", kind == "Pod" ? new JsonObject { ["spec"] = change }.ToJsonString() : new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = change } } }.ToJsonString());
        }
    }

    // What mallory does, who may write ImageInventories. The image, new or one that runs and cannot be read.
    private async Task<string> ForgeAsync(string how, string? running)
    {
        var image = running ?? cluster.Push($"shop/unread-{++_names}", "1", $"bad-{_names}");
        var clean = await ObjectAsync(_images["clean"]);
        var digest = image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var annotations = new JsonObject();
        if (how is "forged-seal" or "moved-seal")
        {
            var real = clean["metadata"]!["annotations"]![ReportSeal.Annotation]!.GetValue<string>();
            annotations[ReportSeal.Annotation] = how == "moved-seal" ? real : real[..(real.IndexOf('.', StringComparison.Ordinal) + 1)] + Convert.ToBase64String(new byte[32]);
        }

        var forged = new JsonObject
        {
            ["apiVersion"] = "ossruntime.io/v1alpha1",
            ["kind"] = "ImageInventory",
            ["metadata"] = new JsonObject { ["name"] = NameOf(image), ["annotations"] = annotations },
            ["spec"] = new JsonObject { ["digest"] = digest, ["platform"] = "linux/amd64", ["image"] = image },
            ["report"] = clean["report"]!.DeepClone(),
        };
        var change = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations.DeepClone() }, ["report"] = clean["report"]!.DeepClone() };
        await SeenAsync(() => running is null ? cluster.Mallory.CreateAsync(Inventories, forged.ToJsonString()) : cluster.Mallory.MergeAsync($"{Inventories}/{NameOf(image)}", change.ToJsonString()));
        return image;
    }

    private async Task<string> WhitenAsync(string image)
    {
        await SeenAsync(() => cluster.Mallory.MergeAsync($"{Inventories}/{NameOf(image)}", """{"report":{"hits":[],"findings":[],"counts":null}}"""));
        return image;
    }

    private async Task<string> ForgeStatusAsync(string image)
    {
        await SeenAsync(() => cluster.Mallory.MergeAsync($"{Inventories}/{NameOf(image)}/status", """{"status":{"unusedSince":"2000-01-01T00:00:00Z","conditions":[]}}"""));
        return image;
    }

    private async Task<string> RenameAsync(string image, string name)
    {
        await SeenAsync(() => cluster.Mallory.MergeAsync($"{Inventories}/{NameOf(image)}", new JsonObject { ["spec"] = new JsonObject { ["image"] = name } }.ToJsonString()));
        return name;
    }

    // A change reaches the replica by a watch and has its turn among the events; what is forged is put right later than that.
    private async Task SeenAsync(Func<Task<AdmissionAnswerSeen>> change)
    {
        var before = await TurnsAsync();
        Assert.InRange((await change()).Code, 200, 201);
        await SpineStage.EventuallyAsync(async () => await TurnsAsync() > before, "the replica to see what was forged");

        Task<double> TurnsAsync() => Assert.Single(cluster.Replicas).Operator.SumAsync("controller_runtime_reconcile_total", "controller=\"event\"");
    }

    private async Task<JsonNode> ObjectAsync(string image) => JsonNode.Parse((await cluster.Admin.GetAsync($"{Inventories}/{NameOf(image)}")).Text)!;

    private static string NameOf(string image) => new ImageKey(Digest.Parse(image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..]), Platform.LinuxAmd64).ResourceName;

    private Task<AdmissionAnswerSeen> CreateAsync(string kind, string @namespace, string name, string[] images) => cluster.Alice.CreateAsync(PathOf(kind, @namespace), Body(kind, name, images));

    private string Body(string kind, string name, string[] images)
    {
        const string Labels = """{"app":"web"}""";
        var head = $$"""{"metadata":{"name":"{{name}}","labels":{{Labels}} }""";
        var template = $$"""{"metadata":{"labels":{{Labels}} },"spec":{{AdmissionCluster.Spec(images)}} }""";
        var once = template.Replace("\"containers\"", "\"restartPolicy\":\"Never\",\"containers\"", StringComparison.Ordinal);
        return kind switch
        {
            "Pod" => cluster.Pod(images, name),
            "ConfigMap" => head + "}",
            "Job" => $$"""{{head}},"spec":{"template":{{once}} } }""",
            "CronJob" => $$$"""{{{head}}},"spec":{"schedule":"0 0 1 1 *","jobTemplate":{"spec":{"template":{{{once}}} } } } }""",
            "StatefulSet" => $$$"""{{{head}}},"spec":{"serviceName":"web","selector":{"matchLabels":{{{Labels}}} },"template":{{{template}}} } }""",
            _ => $$$"""{{{head}}},"spec":{"selector":{"matchLabels":{{{Labels}}} },"template":{{{template}}} } }""",
        };
    }

    private string PathOf(string kind, string @namespace) => kind switch
    {
        "Pod" or "Status" or "Binding" => $"api/v1/namespaces/{@namespace}/pods",
        "ConfigMap" => $"api/v1/namespaces/{@namespace}/configmaps",
        "Job" => $"apis/batch/v1/namespaces/{@namespace}/jobs",
        // From 1.21 on they are in batch/v1.
        "CronJob" => $"apis/batch/{(cluster.HasStableCronJobs ? "v1" : "v1beta1")}/namespaces/{@namespace}/cronjobs",
        _ => $"apis/apps/v1/namespaces/{@namespace}/{kind.ToLowerInvariant()}s",
    };

    private static string SpaceOf(string[] words) => words[7] switch
    {
        "shop" => Name(words[0], words[1], words[2]) + (words[8] == "none" ? "" : "-" + words[8]),
        var other => other,
    };

    private static string Name(string action, string unknown, string grace) => $"{action}-{unknown}-{grace}".ToLowerInvariant();
}
