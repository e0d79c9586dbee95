package io.cleave.policies.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerSpecTest {
  @Test
  void readsNameAndOptions() {
    PlannerSpec spec = PlannerSpec.parse(" cleave{ hedge=0, table = on } ");
    assertThat(spec.name()).isEqualTo("cleave");
    assertThat(spec.options()).containsExactly(entry("hedge", "0"), entry("table", "on"));
    assertThat(spec).hasToString("cleave{hedge=0,table=on}");
  }

  @Test
  void readsANameAlone() {
    assertThat(PlannerSpec.parse("qdmp")).isEqualTo(PlannerSpec.parse("qdmp{}"));
    assertThat(PlannerSpec.parse("qdmp{}")).hasToString("qdmp");
  }

  @Test
  void takesAMapOfScalarsInItsOrder() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("table", true);
    yaml.put("hedge", 0.5);
    assertThat(PlannerSpec.of("cleave", yaml)).hasToString("cleave{table=true,hedge=0.5}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cleave{",
        "cleave}",
        "cleave{hedge}",
        "cleave{=1}",
        "cleave{a=}",
        "cleave{a=1}b",
        "cleave{a=1,}",
        "cleave{{a=1}}"
      })
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> PlannerSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name{key=value,key=value}")
        .hasMessageContaining(text);
  }

  @Test
  void refusesAnOptionGivenTwiceAndNoName() {
    assertThatThrownBy(() -> PlannerSpec.parse("cleave{hedge=0,hedge=1}"))
        .hasMessageContaining("hedge twice");
    assertThatThrownBy(() -> PlannerSpec.parse("{hedge=0}")).hasMessageContaining("needs a name");
  }
}
