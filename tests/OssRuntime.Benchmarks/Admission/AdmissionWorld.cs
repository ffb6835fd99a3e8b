using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Benchmarks.Admission;

/// <summary>
/// What a replica answers from in a cluster of some size: images with inventories, every fourth of which breaks a rule of every policy; policies of four rules;
/// exceptions; pods behind Services. Reviews are of usual pods, by tag, with three containers.
/// </summary>
internal sealed class AdmissionWorld : IDisposable
{
    private const int Spaces = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ossruntime-benchmark-");
    private readonly KubernetesConnection _connection = KubernetesConnection.To(new Uri("http://127.0.0.1:1"));
    private readonly OperatorBuilder _house;
    private readonly PolicySet _policies;
    private readonly ExposureGraph _graph;
    private readonly ImageKnowledge _knowledge;
    private readonly ReportSeal _seal;
    private readonly AdmissionEndpoint _endpoint;
    private readonly ImageInventory[] _images;
    private readonly byte[][] _reviews;
    private int _denied;
    private int _warned;
    private int _allowed;

    public AdmissionWorld(int images, int policies)
    {
        _house = new OperatorBuilder(new OperatorOptions { StateFolder = _folder.FullName, AdmissionListen = new IPEndPoint(IPAddress.Loopback, 0) }, _connection);
        _house.Seals.Keys.Set(new byte[32]);
        (_policies, _graph, _seal) = (_house.State.Policies, _house.Graph, _house.Seals.Reports);
        var newcomers = new UnknownImageQueue(new UnknownImageLimits(), new EveryNamespace(), TimeProvider.System, new Random(1));
        _knowledge = new ImageKnowledge(_policies, newcomers, new SealKeys(), TimeProvider.System);
        var judge = new AdmissionJudge(_knowledge, _house.Violations, _policies, new AdmissionContexts(_graph, _house.Annotations), newcomers, _house.Options.Exempt);
        _endpoint = new AdmissionEndpoint(
            judge,
            new ExceptionReview(new SubjectAccessRights(_connection), _house.Approvals!, _house.Decisions, _policies, TimeProvider.System),
            new ProviderReview(judge),
            _house.Metrics.Admission,
            TimeProvider.System,
            NullLoggerFactory.Instance);
        for (var i = 0; i < policies; i++)
        {
            _policies.Set($"policy-{i:00}", Policy(i, "Critical"));
        }

        for (var i = 0; i < 200; i++)
        {
            var name = new ObjectKey($"space-{i % Spaces}", $"accepted-{i}");
            var spec = new RiskExceptionSpec { Advisories = [$"CVE-2020-{i}"], Reason = "x", Expires = DateTimeOffset.MaxValue, Approved = true, RequestedBy = "a", ApprovedBy = "b" };
            _house.State.Exceptions.Set(new ApprovalSubject(name), spec, _house.Approvals!.Of(new ApprovalSubject(name), spec));
        }

        _images = [.. Enumerable.Range(0, images).Select(Image).Select(Sealed)];
        Array.ForEach(_images, Take);
        for (var i = 0; i < 5_000; i++)
        {
            _graph.Set(new ObjectKey($"space-{i % Spaces}", $"pod-{i}"), Pod(i));
        }

        for (var i = 0; i < 1_000; i++)
        {
            var service = Parse($$$"""{"metadata":{"name":"service-{{{i}}}","namespace":"space-{{{i % Spaces}}}"},"spec":{"type":"LoadBalancer","selector":{"app":"app-{{{i}}}"},"ports":[{"port":80,"targetPort":8080}]}}""", ViewJson.Default.ServiceView);
            _graph.Set(new ObjectKey($"space-{i % Spaces}", $"service-{i}"), service);
        }

        _graph.Settle();
        _reviews = [.. Enumerable.Range(0, 2_000).Select(i => Review(i, images))];
    }

    /// <summary>How long it takes to look at the seals of all images once.</summary>
    public TimeSpan LookAtSeals()
    {
        var started = Stopwatch.GetTimestamp();
        return Array.TrueForAll(_images, _seal.Holds) ? Stopwatch.GetElapsedTime(started) : throw new InvalidOperationException("a seal does not hold");
    }

    public int Denied => _denied;

    public int Warned => _warned;

    public int Allowed => _allowed;

    public async Task WarmUpAsync()
    {
        for (var i = 0; i < _reviews.Length * 3; i++)
        {
            await AnswerAsync(i);
        }

        (_denied, _warned, _allowed) = (0, 0, 0);
    }

    /// <summary>One review through everything that this process does with it: reading, deciding, writing, counting.</summary>
    public async Task AnswerAsync(int index)
    {
        using var answer = new MemoryStream();
        var body = _reviews[index % _reviews.Length];
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream(body), ContentLength = body.Length }, Response = { Body = answer } };
        await _endpoint.AnswerAsync(context, ReviewPlans.Pods, _endpoint.DecidePods);
        var text = answer.GetBuffer().AsSpan(0, (int)answer.Length);
        _ = text.IndexOf("\"allowed\":false"u8) >= 0 ? Interlocked.Increment(ref _denied)
            : text.IndexOf("\"warnings\""u8) >= 0 ? Interlocked.Increment(ref _warned)
            : Interlocked.Increment(ref _allowed);
    }

    /// <summary>A busy cluster: twenty images a second are written, twenty pods come, and every two seconds a policy changes; until it is cancelled. How many changes there were.</summary>
    public async Task<int> ChangeAsync(CancellationToken cancel)
    {
        var changes = 0;
        for (; !cancel.IsCancellationRequested; changes++)
        {
            var image = _images[changes % _images.Length];
            Take(image with { Metadata = image.Metadata with { ResourceVersion = changes.ToString() } });
            _graph.Set(new ObjectKey($"space-{changes % Spaces}", $"new-{changes}"), Pod(changes));
            _graph.Settle();
            if (changes % 40 == 0)
            {
                _policies.Set("policy-00", Policy(0, changes % 80 == 0 ? "High" : "Critical"));
                _knowledge.PoliciesChanged();
            }

            await Task.Delay(50, CancellationToken.None);
        }

        return changes;
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        _house.Dispose();
        _connection.Dispose();
        _folder.Delete(recursive: true);
    }

    // As when the object's event has its turn: its seal is looked at, then its verdict is computed.
    private void Take(ImageInventory image)
    {
        if (_seal.Holds(image))
        {
            _knowledge.Set(image.Key, image);
        }
    }

    private static RiskPolicyResource Policy(int number, string severity) => new()
    {
        Spec = new RiskPolicySpec
        {
            Selector = new PolicySelectorSpec { Namespaces = number % 2 == 0 ? [] : [$"space-{number}", $"space-{number}?"], ExcludedNamespaces = ["kube-*"] },
            Action = number % 3 == 0 ? "Deny" : "Warn",
            UnknownImages = "Warn",
            Rules =
            [
                new RiskRuleSpec { Name = "severe", Severity = severity },
                new RiskRuleSpec { Name = "exposed", KnownExploited = true, Exposure = "Internet" },
                new RiskRuleSpec { Name = "immediate", Priority = "Immediate" },
                new RiskRuleSpec { Name = "ended", EndOfLife = true, Action = "Audit" },
            ],
        },
    };

    private ImageInventory Sealed(ImageInventory image) => image with
    {
        Metadata = image.Metadata with { Annotations = new Dictionary<string, string> { [ReportSeal.Annotation] = _seal.Next(image.Key, image, null)! } },
    };

    private ImageInventory Image(int number) => new()
    {
        Metadata = new ObjectMeta { Name = $"image-{number}", Generation = 1 },
        Spec = new ImageInventorySpec { Digest = "sha256:" + number.ToString("x64"), Platform = "linux/amd64", Image = $"registry.example/shop/image-{number}:1.{number}" },
        Report = new ImageInventoryReport
        {
            Source = "Layers",
            Policies = _policies.Marks,
            Hits = number % 4 == 0
                ? [.. _policies.All.SelectMany(policy => Enumerable.Range(0, 3).Select(i => $$"""{"policy":"{{policy.Name}}","rule":"severe","text":"CVE-2021-{{i}} (Critical) in pkg:npm/lodash@4.17.{{i}}","advisories":["CVE-2021-{{i}}"],"package":"pkg:npm/lodash@4.17.{{i}}","fixedIn":"4.17.21"}"""))]
                : [],
        },
        Status = new ImageStatus
        {
            Conditions = [new Condition(ConditionType.Inventoried, "True", "x", "x", default, null), new Condition(ConditionType.Matched, "True", "x", "x", default, null)],
        },
    };

    private static PodView Pod(int number) => Parse(
        $$$"""{"metadata":{"name":"pod-{{{number}}}","namespace":"space-{{{number % Spaces}}}","labels":{"app":"app-{{{number % 1_000}}}"}},"spec":{"containers":[{"name":"c","image":"x","ports":[{"containerPort":8080}]}]}}""",
        PodJson.Default.PodView);

    private static T Parse<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type)!;

    // A pod as an API server sends it: with the fields that it has filled in, about four kilobytes.
    private static byte[] Review(int number, int images)
    {
        var containers = new JsonArray([.. Enumerable.Range(0, 3).Select(i => JsonNode.Parse($$$"""
            {"name":"c{{{i}}}","image":"registry.example/shop/image-{{{((number * 7) + (i * 4)) % images}}}:1.{{{((number * 7) + (i * 4)) % images}}}","ports":[{"containerPort":8080,"protocol":"TCP"}],
             "env":[{"name":"A","value":"a value of some length"},{"name":"B","valueFrom":{"secretKeyRef":{"name":"s","key":"k"} } }],
             "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"100m","memory":"128Mi"}},"volumeMounts":[{"name":"token","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],
             "livenessProbe":{"httpGet":{"path":"/livez","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},
             "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent","securityContext":{"allowPrivilegeEscalation":false}}
            """))]);
        var request = JsonNode.Parse($$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"7f0b2891-916f-4ed6-b7cd-27bff1815a8c","kind":{"group":"","version":"v1","kind":"Pod"},
             "resource":{"group":"","version":"v1","resource":"pods"},"namespace":"space-{{{number % Spaces}}}","operation":"CREATE",
             "userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller","uid":"u","groups":["system:serviceaccounts","system:authenticated"]},
             "object":{"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"app-{{{number % 1_000}}}-5d9c7b8f6-","namespace":"space-{{{number % Spaces}}}","labels":{"app":"app-{{{number % 1_000}}}","pod-template-hash":"5d9c7b8f6"},
              "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"app-{{{number % 1_000}}}-5d9c7b8f6","uid":"r","controller":true}]},
              "spec":{"serviceAccountName":"default","volumes":[{"name":"token","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}}],"defaultMode":420}}]}},
             "oldObject":null,"dryRun":false}}
            """)!;
        request["request"]!["object"]!["spec"]!["containers"] = containers;
        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    private sealed class EveryNamespace : INamespaces
    {
        public bool Exists(string name) => true;
    }
}
