using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Tests.Contract;

[JsonSerializable(typeof(JsonElement))]
public sealed partial class ContractJsonContext : JsonSerializerContext;
