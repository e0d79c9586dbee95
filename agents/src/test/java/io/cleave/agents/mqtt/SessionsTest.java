package io.cleave.agents.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.Publication;
import io.cleave.transport.mqtt.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final Capabilities SERVES =
      new Capabilities(
          "desktop",
          false,
          Optional.empty(),
          Optional.of(new Capabilities.Serving("10.0.0.1:700")));

  @TempDir private Path folder;

  private Sessions sessions() {
    return new Sessions(new Topics("site-1"), "edge-1", new Epochs(folder), () -> SERVES);
  }

  private static MqttIdentity.Session connect(Sessions sessions) {
    return sessions.identity().sessions().get();
  }

  private static Status status(Optional<Publication> publication) {
    return WireJson.readStatus(publication.orElseThrow().payload());
  }

  @Test
  void numbersSessionsOverRestarts() {
    connect(sessions());
    connect(sessions());
    MqttIdentity.Session third = connect(sessions());
    assertThat(status(third.birth())).isEqualTo(new Status("edge-1", 3, Optional.of(SERVES)));
    assertThat(status(third.will())).isEqualTo(Status.offline("edge-1", 3));
    assertThat(status(third.farewell())).isEqualTo(Status.offline("edge-1", 3));
  }

  @Test
  void retainsWhatItSaysOfItself() {
    MqttIdentity.Session session = connect(sessions());
    assertThat(session.birth().orElseThrow().retain()).isTrue();
    assertThat(session.will().orElseThrow().retain()).isTrue();
    assertThat(session.will().orElseThrow().topic()).isEqualTo("cleave/v1/site-1/edge-1/status");
  }

  @Test
  void startsToCountReportsAnewWithEachSession() {
    Sessions sessions = sessions();
    connect(sessions);
    assertThat(sessions.stamp()).isEqualTo(new Stamp(1, 0));
    assertThat(sessions.stamp()).isEqualTo(new Stamp(1, 1));
    connect(sessions);
    assertThat(sessions.stamp()).isEqualTo(new Stamp(2, 0));
  }

  /** Case 9: the will of a session before this one comes after the birth. */
  @Test
  void isBornAgainWhenALateWillHidesIt() {
    Sessions sessions = sessions();
    connect(sessions);
    connect(sessions);
    Optional<Publication> again = sessions.correction(Status.offline("edge-1", 1));
    assertThat(status(again)).isEqualTo(new Status("edge-1", 2, Optional.of(SERVES)));
    assertThat(sessions.correction(Status.offline("edge-2", 1))).isEmpty();
    assertThat(sessions.correction(new Status("edge-1", 2, Optional.of(SERVES)))).isEmpty();
  }

  @Test
  void goesOnAboveWhatTheBrokerRemembers() {
    Epochs epochs = new Epochs(folder);
    epochs.seen(41);
    epochs.seen(7);
    assertThat(epochs.next()).isEqualTo(42);
    assertThat(new Epochs(folder).next()).isEqualTo(43);
  }

  @Test
  void refusesAStateThatIsNoNumber() throws IOException {
    Files.writeString(folder.resolve("epoch"), "garbage");
    assertThatThrownBy(() -> new Epochs(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("garbage");
  }
}
