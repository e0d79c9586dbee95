package io.cleave.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CleaveHomeTest {
  @Test
  void theEnvironmentWinsOverTheHomeFolder() {
    assertThat(CleaveHome.of(Map.of("CLEAVE_HOME", "/data/cleave"), "/home/me"))
        .isEqualTo(Path.of("/data/cleave"));
    assertThat(CleaveHome.of(Map.of(), "/home/me")).isEqualTo(Path.of("/home/me/.cleave"));
    assertThat(CleaveHome.of(Map.of("CLEAVE_HOME", " "), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cleave"));
  }
}
