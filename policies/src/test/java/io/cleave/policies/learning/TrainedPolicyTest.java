package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.onnx.DenseNetwork;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.plan.LearningPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrainedPolicyTest {
  @Test
  void aFileGivesBackWhatWasWritten() {
    TrainedPolicy policy =
        new TrainedPolicy(Practice.perceptron(3, Moment.WIDTH, 8, 1), Map.of("recipe", "none"));
    TrainedPolicy read = TrainedPolicy.of(WeightsFile.read("test", policy.bytes()));
    assertThat(read.notes()).isEqualTo(policy.notes());
    assertThat(read.bytes()).isEqualTo(policy.bytes());
    for (int i = 0; i < 2; i++) {
      Perceptron.Dense layer = read.scorer().layers().get(i);
      assertThat(layer.kernel()).isEqualTo(policy.scorer().layers().get(i).kernel());
      assertThat(layer.bias()).isEqualTo(policy.scorer().layers().get(i).bias());
    }
  }

  @Test
  void theShippedOneFitsThisVersion() {
    TrainedPolicy shipped = TrainedPolicy.shipped();
    assertThat(shipped.scorer().inputs()).isEqualTo(Moment.WIDTH);
    assertThat(shipped.notes()).containsKey("recipe");
    assertThat(shipped.curve()).isNotEmpty();
    assertThat(shipped.bytes().length).isLessThan(5_000_000);
  }

  @Test
  void tellsHowItCameAbout() {
    List<LearningPoint> curve =
        List.of(new LearningPoint(100, 0.98, 0.002), new LearningPoint(200, 0.975, 0.0015));
    TrainedPolicy policy = new TrainedPolicy(Practice.perceptron(3, Moment.WIDTH, 1), Map.of());
    assertThat(policy.curve()).isEmpty();
    byte[] bytes = policy.after(curve).bytes();
    assertThat(TrainedPolicy.of(WeightsFile.read("test", bytes)).curve()).isEqualTo(curve);
    TrainedPolicy scrawled = new TrainedPolicy(policy.scorer(), Map.of("curve", "100:0.98"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearnedTable(scrawled, Practice.joint()))
        .withMessageContaining("'100:0.98'")
        .withMessageContaining("11046:0.98:0.002");
  }

  @Test
  void refusesOtherFeatures() {
    String schema = String.join(",", Features.schema());
    refused(schema.replace("SWING", "SWUNG"), "SWUNG and is SWING");
    refused(schema + ",MOON", "was MOON and is none");
    refused(schema.substring(0, schema.lastIndexOf(',')), "was none and is DELAY");
    refused("", "was none and is PAST_1");
  }

  private static void refused(String features, String why) {
    byte[] bytes = file(Map.of("features", features));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainedPolicy.of(WeightsFile.read("old.onnx", bytes)))
        .withMessageContaining("old.onnx was trained with other features")
        .withMessageContaining(why)
        .withMessageContaining("./cleave train policy");
  }

  private static byte[] file(Map<String, String> notes) {
    float[] kernel = new float[Moment.WIDTH];
    DenseNetwork.Layer layer = new DenseNetwork.Layer(Moment.WIDTH, 1, kernel, new float[1]);
    return new DenseNetwork(List.of(layer), notes).bytes();
  }

  @Test
  void refusesWhatIsNoPolicy() {
    assertThatThrownBy(() -> TrainedPolicy.of(WeightsFile.read("x", new byte[] {1, 2, 3})))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("x is no ONNX model");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainedPolicy.read(Path.of("no-such-file.onnx")))
        .withMessageContaining("no-such-file.onnx cannot be read");
  }
}
