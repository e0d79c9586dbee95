package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DinicTest {
  /**
   * Source to two vertices (3, 2), those to the target (2, 3), and 1 from the first to the second.
   */
  @Test
  void usesTheWayRound() {
    FlowNetwork.Draft draft = new FlowNetwork.Draft();
    int a = draft.vertex(1);
    int b = draft.vertex(2);
    draft.arc(FlowNetwork.SOURCE, a);
    draft.arc(FlowNetwork.SOURCE, b);
    draft.arc(a, FlowNetwork.TARGET);
    draft.arc(b, FlowNetwork.TARGET);
    draft.arc(a, b);
    double[] capacities = {3, 2, 2, 3, 1};
    FlowNetwork network = draft.network();
    Dinic dinic = filled(draft, network, capacities);

    // 2 + 2 straight on and 1 across saturate both sides: 5.
    assertThat(dinic.maximum(network, Double.POSITIVE_INFINITY, 0)).isEqualTo(5);
    assertThat(dinic.near(FlowNetwork.SOURCE)).isTrue();
    assertThat(dinic.near(a)).isFalse(); // of all minimum cuts the one nearest the source
  }

  @Test
  void stopsAtTheLimit() {
    FlowNetwork.Draft draft = new FlowNetwork.Draft();
    int a = draft.vertex(1);
    draft.arc(FlowNetwork.SOURCE, a);
    draft.arc(a, FlowNetwork.TARGET);
    FlowNetwork network = draft.network();
    Dinic dinic = filled(draft, network, new double[] {7, 9});
    assertThat(dinic.maximum(network, 4, 0)).isGreaterThanOrEqualTo(4);
  }

  /**
   * Random networks, cycles and arcs against the ranks included, against push-relabel, in whole
   * numbers.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsPushRelabel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int vertices = random.nextInt(4, 40);
    FlowNetwork.Draft draft = new FlowNetwork.Draft();
    var graph =
        new SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
    graph.addVertex(FlowNetwork.SOURCE);
    graph.addVertex(FlowNetwork.TARGET);
    for (int v = 2; v < vertices; v++) {
      graph.addVertex(draft.vertex(random.nextInt(1, vertices)));
    }
    int arcs = random.nextInt(vertices, 6 * vertices);
    double[] capacities = new double[arcs];
    int count = 0;
    for (int i = 0; i < arcs; i++) {
      int tail = random.nextInt(vertices);
      int head = random.nextInt(vertices);
      if (tail != head && !graph.containsEdge(tail, head)) {
        capacities[count] = Math.rint(Math.pow(10, random.nextDouble(0, 6)));
        graph.setEdgeWeight(graph.addEdge(tail, head), capacities[count++]);
        draft.arc(tail, head);
      }
    }
    FlowNetwork network = draft.network();
    Dinic dinic = filled(draft, network, Arrays.copyOf(capacities, count));
    double flow = dinic.maximum(network, Double.POSITIVE_INFINITY, 0);
    double expected =
        new PushRelabelMFImpl<>(graph, 0.5).calculateMinCut(FlowNetwork.SOURCE, FlowNetwork.TARGET);
    assertThat(flow).isCloseTo(expected, within(1e-9 * (1 + expected)));
    double cut =
        graph.edgeSet().stream()
            .filter(edge -> dinic.near(graph.getEdgeSource(edge)))
            .filter(edge -> !dinic.near(graph.getEdgeTarget(edge)))
            .mapToDouble(graph::getEdgeWeight)
            .sum();
    assertThat(cut).isCloseTo(flow, within(1e-9 * (1 + flow)));
  }

  private static Dinic filled(FlowNetwork.Draft draft, FlowNetwork network, double[] capacities) {
    Dinic dinic = new Dinic(network.vertices(), network.arcs());
    int[] slots = draft.slots();
    for (int arc = 0; arc < capacities.length; arc++) {
      dinic.residual[slots[arc]] = capacities[arc];
    }
    return dinic;
  }
}
