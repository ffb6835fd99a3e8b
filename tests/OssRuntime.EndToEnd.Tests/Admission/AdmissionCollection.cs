namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>The classes that share one API server with webhooks, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class AdmissionCollection : ICollectionFixture<AdmissionCluster>
{
    public const string Name = "admission";
}
