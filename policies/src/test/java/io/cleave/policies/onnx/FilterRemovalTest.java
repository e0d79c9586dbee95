package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.cleave.policies.graph.DnnGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FilterRemovalTest {
  private static final double TOLERANCE = 1e-5; // of the largest answer

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answersWhatTheWholeAnswersWithZerosInTheFiltersPlace(long seed) {
    ModelProto model = RandomConvolutions.of(seed);
    FilterGroups groups = FilterGroups.of("random", model.getGraph());
    Map<String, BitSet> gone = drawn(groups, new SplittableRandom(seed));
    ModelProto small = FilterRemoval.from(model, groups, gone);
    Map<String, Floats> image = Map.of("x", Floats.random(seed, List.of(2L, 3L, 12L, 12L)));
    assertSame(Engine.run(zeroed(model, groups, gone), image), Engine.run(small, image));
    DnnGraph before = OnnxGraph.of("whole", model);
    DnnGraph after = OnnxGraph.of("pruned", small);
    assertThat(after.size()).isEqualTo(before.size());
    if (!gone.isEmpty()) {
      assertThat(after.parameters()).isLessThan(before.parameters());
      assertThat(after.multiplyAccumulates()).isLessThan(before.multiplyAccumulates());
    }
  }

  /** The generator would be no good if it made nothing to prune. */
  @Test
  void hasSomethingToPruneInMostNetworks() {
    long some =
        seeds()
            .filter(
                seed -> {
                  FilterGroups groups = groups(RandomConvolutions.of(seed));
                  return !drawn(groups, new SplittableRandom(seed)).isEmpty();
                })
            .count();
    assertThat(some).isGreaterThan(80);
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET_EXITS", "ALEXNET_EXITS", "RESNET20_EXITS", "SMALL_CHAIN"})
  void makesNetworksOfTheZooSmaller(Zoo zoo) {
    ModelProto model = zoo.model(1);
    FilterGroups groups = groups(model);
    Map<String, BitSet> gone = drawn(groups, new SplittableRandom(3));
    List<Long> sizes = new ArrayList<>(zoo.architecture().image());
    sizes.add(0, 1L);
    Map<String, Floats> image = Map.of("input", Floats.random(1, sizes));
    assertThat(gone).isNotEmpty();
    assertSame(
        Engine.run(zeroed(model, groups, gone), image),
        Engine.run(FilterRemoval.from(model, groups, gone), image));
  }

  @Test
  void refusesWhatCannotGo() {
    ModelProto model = Zoo.SMALL_CHAIN.model(1);
    FilterGroups groups = groups(model);
    BitSet all = new BitSet();
    all.set(0, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterRemoval.from(model, groups, Map.of("conv1", all)))
        .withMessageContaining("Of the 8 filters of 'conv1' at least 1 must stay");
    BitSet beyond = new BitSet();
    beyond.set(8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterRemoval.from(model, groups, Map.of("conv1", beyond)))
        .withMessageContaining("0..7 can go, not {8}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterRemoval.from(model, groups, Map.of("conv9", beyond)))
        .withMessageContaining("has no convolution 'conv9'. It has [conv1, conv2]");
  }

  private static FilterGroups groups(ModelProto model) {
    return FilterGroups.of("network", model.getGraph());
  }

  /** Each filter goes as often as not, but for one. */
  private static Map<String, BitSet> drawn(FilterGroups groups, SplittableRandom random) {
    Map<String, BitSet> gone = new LinkedHashMap<>();
    for (FilterGroup group : groups.all()) {
      BitSet some = new BitSet();
      for (int filter = 0; filter < group.filters(); filter++) {
        some.set(filter, random.nextBoolean());
      }
      some.clear(random.nextInt(group.filters()));
      if (!some.isEmpty()) {
        gone.put(group.layer(), some);
      }
    }
    return gone;
  }

  private static ModelProto zeroed(
      ModelProto model, FilterGroups groups, Map<String, BitSet> gone) {
    Map<String, BitSet> losing = new HashMap<>();
    gone.forEach(
        (layer, filters) ->
            groups.of(layer).places().stream()
                .filter(FilterGroup.Place::making)
                .forEach(place -> losing.put(place.weight(), filters)));
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      BitSet filters = losing.get(weight.getName());
      graph.addInitializer(filters == null ? weight : zeroed(weight, filters));
    }
    return model.toBuilder().setGraph(graph).build();
  }

  /** Filters lie along the first axis. */
  private static TensorProto zeroed(TensorProto weight, BitSet filters) {
    float[] content = content(weight);
    int each = content.length / (int) weight.getDims(0);
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * content.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < content.length; i++) {
      bytes.putFloat(filters.get(i / each) ? 0 : content[i]);
    }
    return weight.toBuilder()
        .clearFloatData()
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  private static float[] content(TensorProto weight) {
    List<Double> content = TensorContent.of(weight).content().orElse(List.of());
    float[] values =
        new float
            [Math.toIntExact(ViewRules.product(weight.getDimsList(), 0, weight.getDimsCount()))];
    if (content.isEmpty()) {
      weight
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    }
    for (int i = 0; i < content.size(); i++) {
      values[i] = content.get(i).floatValue();
    }
    return values;
  }

  private static void assertSame(Map<String, Floats> whole, Map<String, Floats> small) {
    assertThat(small.keySet()).isEqualTo(whole.keySet());
    whole.forEach(
        (output, expected) -> {
          float[] answer = Engine.pick(small, output).content();
          assertThat(answer).hasSameSizeAs(expected.content());
          for (int i = 0; i < answer.length; i++) {
            assertThat((double) answer[i])
                .as(output)
                .isCloseTo(expected.content()[i], within(TOLERANCE * expected.largest()));
          }
        });
  }
}
