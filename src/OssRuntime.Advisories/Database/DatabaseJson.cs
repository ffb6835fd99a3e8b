using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Advisories.Database;

/// <summary>The JSON of the info section.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DatabaseInfo))]
internal sealed partial class DatabaseJson : JsonSerializerContext;
