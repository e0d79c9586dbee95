package io.cleave.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
  private final Topics topics = new Topics("site-1");

  @Test
  void namesEachTopicOfTheSite() {
    assertThat(topics.status("camera.7")).isEqualTo("cleave/v1/site-1/camera.7/status");
    assertThat(topics.report("camera.7")).isEqualTo("cleave/v1/site-1/camera.7/report");
    assertThat(topics.plan("camera.7")).isEqualTo("cleave/v1/site-1/camera.7/plan");
    assertThat(topics.controllerStatus()).isEqualTo("cleave/v1/site-1/controller/status");
    assertThat(topics.statuses()).isEqualTo("cleave/v1/site-1/+/status");
  }

  @Test
  void readsTheAgentBack() {
    assertThat(topics.agent(topics.status("a"))).contains("a");
    assertThat(topics.agent(topics.report("a"))).contains("a");
    assertThat(topics.agent(topics.plan("a"))).contains("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cleave/v1/site-1/controller/status",
        "cleave/v1/site-2/a/status",
        "cleave/v2/site-1/a/status",
        "cleave/v1/site-1/a/other",
        "cleave/v1/site-1/a/status/more",
        "cleave/v1/site-1//status",
        "cleave/v1/site-1/-a/status",
        ""
      })
  void takesNoOtherTopicForAnAgents(String topic) {
    assertThat(topics.agent(topic)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "controller", "a/b", "+", "#", "-a", "ä", "a b"})
  void refusesNamesThatAreNone(String name) {
    assertThatThrownBy(() -> topics.plan(name)).hasMessageContaining("cannot name an agent");
    assertThatThrownBy(() -> new Topics(name)).hasMessageContaining("cannot name a site");
  }
}
