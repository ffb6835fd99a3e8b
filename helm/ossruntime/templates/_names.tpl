{{- define "ossruntime.name" -}}
{{- if contains "ossruntime" .Release.Name }}{{ .Release.Name | trunc 63 | trimSuffix "-" }}{{ else }}{{ printf "%s-ossruntime" .Release.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "ossruntime.serviceAccount" -}}
{{- default (ternary (include "ossruntime.name" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name }}
{{- end }}

{{- define "ossruntime.selector" -}}
app.kubernetes.io/name: ossruntime
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ossruntime.labels" -}}
{{ include "ossruntime.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "ossruntime.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}{{ end }}
{{- end }}

{{- /* The Secret with the webhooks' certificate that somebody else renews; empty where the operator makes its own. */ -}}
{{- define "ossruntime.certificateSecret" -}}
{{- if .Values.admission.certManager.enabled }}{{ include "ossruntime.name" . }}-webhooks-tls{{ else }}{{ .Values.admission.certificateSecret }}{{ end }}
{{- end }}

{{- /* The webhook configurations' annotations: with cert-manager, whose authority is to be trusted. */ -}}
{{- define "ossruntime.webhookAnnotations" -}}
{{- $own := dict }}
{{- if .Values.admission.certManager.enabled }}
{{- $own = dict "cert-manager.io/inject-ca-from" (printf "%s/%s-webhooks" .Release.Namespace (include "ossruntime.name" .)) }}
{{- end }}
{{- with merge (deepCopy .Values.admission.annotations) $own }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Whom the API server calls. The operator fills in the path, which nobody else is to know, and its own authority; cert-manager its. One of the user's own is written down here. */ -}}
{{- define "ossruntime.webhookClient" -}}
service: {name: {{ include "ossruntime.name" . }}-webhooks, namespace: {{ .Release.Namespace }}, port: 443}
{{- with .Values.admission.caBundle }}
caBundle: {{ b64enc . }}
{{- end }}
{{- end }}
