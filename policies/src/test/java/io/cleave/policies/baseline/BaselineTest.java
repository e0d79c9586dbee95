package io.cleave.policies.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All local and all remote, from the figures of {@link HandMade}. */
class BaselineTest {
  @Test
  void localOnlyIgnoresTheNetwork() {
    for (double rate : new double[] {0, 1, 1e9}) {
      PlanTable table = new LocalOnly().plan(HandMade.observation(rate));
      assertThat(table.entries()).hasSize(1);
      assertThat(table.at(new Bandwidth(rate)).plan().isLocal()).isTrue();
      assertThat(table.at(new Bandwidth(rate)).seconds(new Bandwidth(rate))).isEqualTo(6.75);
    }
  }

  @Test
  void remoteOnlySendsTheInput() {
    Observation observation = HandMade.observation();
    PlanTable.Entry entry = new RemoteOnly().plan(observation).entries().get(0);
    assertThat(entry.plan()).isEqualTo(Plan.split(observation.graph(), LayerSet.of(0), 1));
    assertThat(entry.seconds(new Bandwidth(8000))).isCloseTo(3.0, within(1e-12));
  }

  /** Server 2 has twice the uplink: half a second less. */
  @Test
  void remoteOnlyTakesTheServerThatAnswersFirst() {
    assertThat(node(links(8000, 16000, 12000))).isEqualTo(2);
  }

  @Test
  void remoteOnlyTakesTheFirstOfEqualServersAndSkipsOutages() {
    assertThat(node(links(8000, 8000))).isEqualTo(1);
    assertThat(node(links(0, 100))).isEqualTo(2);
  }

  @Test
  void remoteOnlyStaysRemoteWithoutAnyLink() {
    assertThat(node(links(0, 0))).isEqualTo(1);
  }

  private static int node(Observation observation) {
    Plan plan = new RemoteOnly().plan(observation).entries().get(0).plan();
    return plan.stages().get(1).node();
  }

  private static Observation links(double... upBitsPerSecond) {
    Observation one = HandMade.observation();
    List<ServerState> servers = new ArrayList<>();
    for (double rate : upBitsPerSecond) {
      LinkState link = new LinkState(new Bandwidth(rate), new Bandwidth(2000), 0.2, RateError.NONE);
      servers.add(new ServerState(one.server(1).node(), link));
    }
    return new Observation(one.graph(), one.device(), one.power(), servers, one.demand());
  }
}
