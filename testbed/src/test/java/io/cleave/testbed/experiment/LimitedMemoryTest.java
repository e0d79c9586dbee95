package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole replay with machines of limited memory. */
class LimitedMemoryTest {
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();
  private static final long MEBI = 1 << 20;

  /** ResNet-18 needs 44.6 MiB of weights; the fastest server has room for its first layers. */
  private static final String LIMITED =
      """
      models: [resnet18]
      device: {class: raspberry-pi-3b, memory-mib: 128}
      servers:
        - {class: cloud-gpu, name: small, memory-mib: 8}
        - {class: desktop, name: large, memory-mib: 64}
      traces: [lte-tmobile]
      planners: [local, remote, neurosurgeon, dads, qdmp, jointdnn, dina-p, modnn, mednn,
                 deepthings, aofl, joint-tiles, ans, cleave, learned, dqn, oracle]
      seeds: 1
      seconds: 30
      """;

  @TempDir Path folder;

  private List<Map<String, String>> frames(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), yaml);
    Setting.Fields nothing = new Setting.Fields("nothing", Map.of());
    Experiment experiment = ExperimentFile.read(file, nothing, CATALOG);
    try (RunFolder run = RunFolder.at(Files.createTempDirectory(folder, "run").resolve("of"))) {
      new ExperimentRun(experiment, CATALOG, run).run(2, Progress.silent());
      return rows(run.publish().resolve("frames.csv"));
    }
  }

  private static List<Map<String, String>> rows(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    String[] header = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static Set<String> nodes(List<Map<String, String>> frames, String planner) {
    return frames.stream()
        .filter(frame -> frame.getOrDefault("planner", "").equals(planner))
        .map(frame -> frame.getOrDefault("node", ""))
        .collect(Collectors.toSet());
  }

  private static long bytes(Map<String, String> frame, String column) {
    return Long.parseLong(frame.getOrDefault(column, ""));
  }

  @Test
  void noFrameRunsWhereItHasNoRoom() throws IOException {
    List<Map<String, String>> frames = frames(LIMITED);
    for (Map<String, String> frame : frames) {
      assertThat(bytes(frame, "device_memory_bytes")).as("%s", frame).isBetween(1L, 128 * MEBI);
      long most = frame.getOrDefault("node", "").equals("small") ? 8 * MEBI : 64 * MEBI;
      assertThat(bytes(frame, "server_memory_bytes")).as("%s", frame).isBetween(0L, most);
    }
    // Without limits all of it would go to the fastest. The first frame has no plan yet.
    assertThat(nodes(frames, "remote")).contains("large").doesNotContain("small");
    assertThat(nodes(frames, "local")).containsExactly("device");
    assertThat(nodes(frames(LIMITED.replaceAll(", memory-mib: [0-9]+", "")), "remote"))
        .contains("small");
  }
}
