package io.cleave.testbed.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.testbed.world.Scenario;
import io.cleave.traces.Split;
import io.cleave.traces.TraceLibrary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WorldsTest {
  /** What is learned from never meets what it is judged by. */
  @ParameterizedTest
  @EnumSource
  void drawsRecordingsOfOneSplitOnly(Split split) {
    List<String> names = TraceLibrary.builtIn().names(split);
    Worlds worlds = new Worlds(split);
    Set<String> links = new HashSet<>();
    Set<String> networks = new HashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      Scenario world = worlds.apply(seed);
      String link = world.servers().get(0).link().name();
      assertThat(names).contains(link.substring(0, (link + " ").indexOf(' ')));
      links.add(link.substring(0, (link + " ").indexOf(' ')));
      networks.add(world.graph().name());
    }
    assertThat(links).hasSameSizeAs(names);
    assertThat(networks).hasSameSizeAs(Worlds.NETWORKS);
  }

  @ParameterizedTest
  @EnumSource
  void equalSeedsDrawEqualWorlds(Split split) {
    for (long seed = 0; seed < 20; seed++) {
      Scenario one = new Worlds(split).apply(seed);
      Scenario two = new Worlds(split).apply(seed);
      assertThat(two.graph().name()).isEqualTo(one.graph().name());
      assertThat(two.workload()).isEqualTo(one.workload());
      assertThat(two.reporting()).isEqualTo(one.reporting());
      assertThat(two.servers().get(0).load()).isEqualTo(one.servers().get(0).load());
      assertThat(two.servers().get(0).link().up().meanBitsPerSecond())
          .isEqualTo(one.servers().get(0).link().up().meanBitsPerSecond());
    }
  }
}
