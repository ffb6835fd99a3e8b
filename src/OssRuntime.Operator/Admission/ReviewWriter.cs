using System.Buffers;
using System.Text.Json;

namespace OssRuntime.Operator.Admission;

/// <summary>Writes the answer to an AdmissionReview.</summary>
internal static class ReviewWriter
{
    public static ReadOnlyMemory<byte> Write(string uid, AdmissionAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, "admission.k8s.io/v1"u8);
        json.WriteString("kind"u8, "AdmissionReview"u8);
        json.WriteStartObject("response"u8);
        json.WriteString("uid"u8, uid);
        json.WriteBoolean("allowed"u8, answer.Allowed);
        if (!answer.Allowed)
        {
            json.WriteStartObject("status"u8);
            json.WriteNumber("code"u8, 403);
            json.WriteString("reason"u8, "Forbidden"u8);
            json.WriteString("message"u8, $"OssRuntime: {answer.Message}");
            json.WriteEndObject();
        }

        if (!answer.Warnings.IsEmpty)
        {
            json.WriteStartArray("warnings"u8);
            foreach (var warning in answer.Warnings)
            {
                json.WriteStringValue($"OssRuntime: {warning}");
            }

            json.WriteEndArray();
        }

        if (answer.Audit.Length > 0)
        {
            json.WriteStartObject("auditAnnotations"u8);
            json.WriteString("findings"u8, answer.Audit);
            json.WriteEndObject();
        }

        if (answer.Patch is { } patch)
        {
            json.WriteString("patchType"u8, "JSONPatch"u8);
            json.WriteBase64String("patch"u8, patch);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
