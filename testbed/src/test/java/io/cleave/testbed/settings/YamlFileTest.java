package io.cleave.testbed.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.testbed.UserError;
import org.junit.jupiter.api.Test;

class YamlFileTest {
  @Test
  void remembersTheLineOfEachValue() {
    Setting.Fields tree =
        YamlFile.parse("a.yaml", "# first\nseeds: 3\nmodels:\n  - alexnet\n  - {file: x.onnx}\n");
    Section top = new Section(tree);
    assertThat(top.at("seeds").where()).isEqualTo("a.yaml line 2");
    assertThat(top.items("models").get(0).where()).isEqualTo("a.yaml line 4");
    assertThat(top.items("models").get(1).where()).isEqualTo("a.yaml line 5");
  }

  @Test
  void keepsValuesAsWritten() {
    Section top = new Section(YamlFile.parse("a.yaml", "hedge: off\nrate: 1.50\n"));
    assertThat(top.text("hedge")).isEqualTo("off");
    assertThat(top.text("rate")).isEqualTo("1.50");
  }

  @Test
  void readsAnEmptyFileAsNoKeys() {
    assertThat(YamlFile.parse("a.yaml", "# nothing\n").values()).isEmpty();
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertThatThrownBy(() -> YamlFile.parse("a.yaml", "seeds: 1\nseeds: 2\n"))
        .isInstanceOf(UserError.class)
        .hasMessage("a.yaml line 2: the key \"seeds\" stands here twice.");
  }

  @Test
  void saysWhereTheFileIsNotYaml() {
    assertThatThrownBy(() -> YamlFile.parse("a.yaml", "seeds: 1\nmodels: [alexnet\n"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a.yaml line ")
        .hasMessageContaining("not YAML")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAFileThatIsAList() {
    assertThatThrownBy(() -> YamlFile.parse("a.yaml", "- alexnet\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("keys such as");
  }
}
