package io.cleave.testbed.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.testbed.settings.SettingJson;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Writes manifest.json and experiment.yaml: all that is needed to tell what was run, by what, and
 * to run it again. Holds no date, so that equal runs on one machine have equal manifests.
 */
public final class Manifest {
  private final ObjectNode root = new ObjectMapper().createObjectNode();

  private Manifest() {}

  /**
   * Writes both files.
   *
   * @param world that it was run in
   * @param roles of the planners by their names in result files
   */
  public static void write(
      RunFolder folder, Experiment experiment, String world, Map<String, Origin> roles) {
    Manifest manifest = new Manifest();
    manifest.root.set("project", Project.json());
    manifest.root.put("experiment", experiment.name());
    manifest.root.put("world", world);
    manifest.root.set("settings", SettingJson.of(experiment.settings()));
    manifest.inputs(experiment.inputs());
    ArrayNode planners = manifest.root.putArray("planners");
    roles.forEach(
        (name, role) ->
            planners
                .addObject()
                .put("name", name)
                .put("role", role.name().toLowerCase(Locale.ROOT)));
    ArrayNode seeds = manifest.root.putArray("seeds");
    for (int seed = 1; seed <= experiment.contest().seeds(); seed++) {
      seeds.add(seed);
    }
    manifest.machine();
    try {
      String json =
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest.root);
      Files.writeString(folder.file("manifest.json"), json + "\n");
      String yaml = new YAMLMapper().writeValueAsString(manifest.root.get("settings"));
      Files.writeString(folder.file("experiment.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void inputs(Experiment.Inputs inputs) {
    ArrayNode models = root.putArray("models");
    for (Network network : inputs.networks()) {
      ObjectNode model = models.addObject();
      model.put("name", network.name()).put("origin", network.origin());
      model.put("layers", network.graph().size());
      model.put("multiply_accumulates", network.graph().multiplyAccumulates());
      model.put("parameters", network.graph().parameters());
      Path file = Path.of(network.origin());
      if (!network.origin().startsWith("zoo:")) {
        model.put("sha256", Sha256.of(file));
      }
    }
    ArrayNode traces = root.putArray("traces");
    for (Trace trace : inputs.traces()) {
      ObjectNode one = traces.addObject();
      one.put("name", trace.name()).put("source", trace.source());
      one.put("seconds", trace.periodSeconds());
      one.put("up_mean_mbps", trace.up().meanBitsPerSecond() / 1e6);
      one.put("down_mean_mbps", trace.down().meanBitsPerSecond() / 1e6);
      one.put("sha256", Sha256.of(trace));
    }
  }

  private void machine() {
    ObjectNode machine = root.putObject("machine");
    machine.put(
        "java",
        "%s (%s)"
            .formatted(System.getProperty("java.version"), System.getProperty("java.vm.name")));
    machine.put(
        "system", "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    machine.put("cores", Runtime.getRuntime().availableProcessors());
  }
}
