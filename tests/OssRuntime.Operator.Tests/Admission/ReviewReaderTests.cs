using System.Text;
using System.Text.Json;
using OssRuntime.Operator.Admission;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Reviews from hell: each is read, or refused with a reason, and none does anything else.</summary>
public sealed class ReviewReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}""")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"u"}}""")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}""")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":[]}""")]
    public void What_is_no_review_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ReviewReader.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_review_that_is_cut_anywhere_is_refused()
    {
        var whole = AdmissionStage.Review("Pod", "CREATE", "shop", ["web:1"]);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsAny<JsonException>(() => ReviewReader.Read(whole.AsMemory(0, length)));
        }
    }

    [Fact]
    public void A_review_nested_without_end_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => ReviewReader.Read(Encoding.UTF8.GetBytes(
            """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","object":""" + new string('[', 100_000))));

    [Fact]
    public void A_thousand_containers_are_answered_within_what_a_user_can_read()
    {
        using var stage = new AdmissionStage();
        stage.Policies.Set("prod", State.PolicySetTests.Resource("Critical"));
        var answer = stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", [.. Enumerable.Range(0, 1_000).Select(i => $"web:{i}")])));
        Assert.True(answer.Allowed);
        Assert.Equal(10, answer.Warnings.Length);
        Assert.All(answer.Warnings, warning => Assert.InRange(warning.Length, 1, 250));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("://@@@")]
    [InlineData("registry.example/\u0000\u001b[31m:1")]
    [InlineData("../../etc/passwd")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("registry.example/web@sha256:zz")]
    [InlineData("\ud83d\ude00:latest")]
    public void Image_names_from_hell_are_unknown_images(string image)
    {
        using var stage = new AdmissionStage();
        stage.Policies.Set("prod", State.PolicySetTests.Resource("Critical"));
        foreach (var name in (string[])[image, image + new string('a', 100_000)])
        {
            var answer = stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", [name])));
            Assert.True(answer.Allowed);
            Assert.Equal(name.Length == 0 ? AdmissionReason.Clean : AdmissionReason.Unknown, answer.Reason);
            Assert.NotEmpty(ReviewWriter.Write("u", answer).ToArray());
        }
    }

    [Theory]
    [InlineData("Deployment", """{"metadata":{"name":"web"}}""")]
    [InlineData("Deployment", """{"metadata":{"name":"web"},"spec":{"template":7}}""")]
    [InlineData("Pod", """{"metadata":{"name":"web"},"spec":null}""")]
    [InlineData("Rollout", """{"metadata":{"name":"web"},"spec":{"template":{"spec":{"containers":[{"image":"web:1"}]}}}}""")]
    public void What_has_no_pod_is_not_judged(string kind, string item)
    {
        using var stage = new AdmissionStage();
        var json = "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",\"operation\":\"CREATE\",\"kind\":{\"kind\":\"" + kind + "\"},\"object\":" + item + "}}";
        Assert.Equal(AdmissionReason.NotJudged, stage.Judge.Decide(ReviewReader.Read(Encoding.UTF8.GetBytes(json))).Reason);
    }

    [Fact]
    public void A_template_without_metadata_is_judged()
    {
        const string Json = """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","namespace":"shop","kind":{"kind":"Deployment"},"object":{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"web:1"}]}}}}}}""";
        Assert.Equal("web:1", Assert.Single(ReviewReader.Read(Encoding.UTF8.GetBytes(Json)).Pod!.Containers).Image);
    }
}
