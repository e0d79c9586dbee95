package io.cleave.testbed.report;

import static io.cleave.testbed.report.Html.escape;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The page's last part: with what the run was made, and how to make it again. From the manifest.
 */
final class SettingsSection {
  private SettingsSection() {}

  /**
   * @param settings text of the run's settings file
   */
  static String html(JsonNode manifest, Path run, String settings) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Cleave", project(manifest));
    facts.put("Machine", machine(manifest.path("machine")));
    facts.put("Networks", list(manifest.path("models"), SettingsSection::model));
    facts.put("Traces", list(manifest.path("traces"), SettingsSection::trace));
    facts.put("Seeds", "1 to " + manifest.path("seeds").size());
    StringBuilder html = new StringBuilder("<dl class=\"facts\">");
    facts.forEach((name, value) -> html.append("<dt>%s</dt><dd>%s</dd>\n".formatted(name, value)));
    html.append("</dl>\n<p class=\"note\">The run's folder holds its settings; the same settings");
    html.append(" and seeds give the same figures, byte for byte.</p>\n");
    html.append(
        "<pre>./cleave replay %s</pre>\n"
            .formatted(escape(run.resolve("experiment.yaml").toString())));
    html.append("<details><summary>All settings</summary><pre>");
    return html.append(escape(settings)).append("</pre></details>").toString();
  }

  private static String project(JsonNode manifest) {
    JsonNode project = manifest.path("project");
    String commit = project.path("commit").asText("unknown");
    return escape(
        "%s, commit %s%s"
            .formatted(
                project.path("version").asText(),
                commit.substring(0, Math.min(12, commit.length())),
                project.path("modified").asBoolean() ? " with changes" : ""));
  }

  private static String machine(JsonNode machine) {
    return escape(
        "%s, %s, %d cores"
            .formatted(
                machine.path("java").asText(),
                machine.path("system").asText(),
                machine.path("cores").asInt()));
  }

  private static String model(JsonNode model) {
    return "%s <small>(%s layers, %s G multiply-accumulates)</small>"
        .formatted(
            escape(model.path("name").asText()),
            model.path("layers").asInt(),
            Words.number(model.path("multiply_accumulates").asDouble() / 1e9, 2));
  }

  private static String trace(JsonNode trace) {
    return "%s <small>(%s s, up %s Mbit/s, sha256 %s; %s)</small>"
        .formatted(
            escape(trace.path("name").asText()),
            Words.number(trace.path("seconds").asDouble(), 0),
            Words.number(trace.path("up_mean_mbps").asDouble(), 2),
            escape(trace.path("sha256").asText().substring(0, 12)),
            escape(trace.path("source").asText()));
  }

  private static String list(JsonNode array, Function<JsonNode, String> html) {
    List<String> items = new ArrayList<>();
    array.forEach(node -> items.add(html.apply(node)));
    return String.join("<br>", items);
  }
}
