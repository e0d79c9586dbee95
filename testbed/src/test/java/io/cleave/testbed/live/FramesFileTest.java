package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.cleave.policies.answers.ImageOrder;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import io.cleave.testbed.world.FrameRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesFileTest {
  private static final DnnGraph GRAPH = Zoo.LENET_EXITS.graph();
  private static final String HEADER =
      "frame,arrival_unix_seconds,latency_ms,predicted_ms,plan_version,stages,codec,"
          + "hedge_delay_ms,uplink_estimate_mbps,uplink_bytes,downlink_bytes,hedge_won,rescued,late,"
          + "device_ms,codec_ms,uplink_ms,queue_ms,remote_ms,downlink_ms,device_busy_ms,"
          + "hedge_busy_ms,exit,right,rule,zeros\n";
  private static final String SPLIT =
      "7,1000.5,900,850,3,device:0-2|gpu:3-5|desk:6-8,FP32,inf,8.5,1000000,4000,0,0,0,"
          + "200,0,500,10,90,100,200,0,none,unknown,none,0\n";
  private static final String HEDGED =
      "8,1002,600,650.5,3,device:0-1|gpu:2-"
          + (GRAPH.size() - 1)
          + ",FP16,150,8.5,250000,0,1,0,1,"
          + "100,1,0,0,0,0,100,400,2,true,entropy/10:0<0.5;1,0\n";

  private static final String SHARED =
      "9,1003,300,290,3,device:0|device[2:0-3x3:0-8]+gpu[2:4-11x3:0-8]+desk[2:12-27x3:0-8]:1-2|device:3-5,FP32,inf,0,"
          + "200000,90000,0,0,0,50,0,50,0,90,100,60,0,none,unknown,none,0\n";

  @TempDir Path folder;

  private List<MeasuredFrame> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("frames.csv"), text);
    return new FramesFile(List.of("desk", "gpu"), GRAPH).read(file);
  }

  @Test
  void readsWhatTheAgentWrote() throws IOException {
    List<MeasuredFrame> frames = read(HEADER + SPLIT + HEDGED);
    MeasuredFrame split = frames.get(0);
    assertThat(split.number()).isEqualTo(7);
    assertThat(split.latencySeconds()).isEqualTo(0.9);
    assertThat(split.promise().plan().stages())
        .containsExactly(
            new Stage(0, LayerSet.range(0, 3)),
            new Stage(2, LayerSet.range(3, 6)),
            new Stage(1, LayerSet.range(6, 9)));
    assertThat(split.promise().plan().hedge().armed()).isFalse();
    assertThat(split.promise().uplinkBitsPerSecond()).isEqualTo(8.5e6);
    assertThat(split.parts().uplink()).isEqualTo(0.5);
    MeasuredFrame hedged = frames.get(1);
    assertThat(hedged.promise().plan().codec()).isEqualTo(Codec.FP16);
    assertThat(hedged.promise().plan().hedge().delaySeconds()).isEqualTo(0.15);
    assertThat(hedged.ending().byDevice()).isTrue();
    assertThat(hedged.ending().late()).isTrue();
    assertThat(split.answer().exit()).isEmpty();
    assertThat(hedged.answer().exit()).hasValue(2);
    assertThat(hedged.answer().right()).contains(true);
    assertThat(split.promise().plan().exits()).isEmpty();
    assertThat(hedged.promise().plan().exits().orElseThrow().thresholds()).containsExactly(0.5);
    assertThat(hedged.promise().plan().stages())
        .isEqualTo(
            Plan.split(
                    GRAPH, hedged.promise().plan().exits().orElseThrow(), LayerSet.range(0, 2), 2)
                .stages());
  }

  @Test
  void readsPiecesOfAStage() throws IOException {
    Sharing sharing =
        new Sharing(
            List.of(
                new Sharing.Share(0, Piece.tile(new Span(0, 4), new Span(0, 9))),
                new Sharing.Share(2, Piece.tile(new Span(4, 12), new Span(0, 9))),
                new Sharing.Share(1, Piece.tile(new Span(12, 28), new Span(0, 9)))));
    assertThat(read(HEADER + SHARED).get(0).promise().plan().stages())
        .containsExactly(
            new Stage(0, LayerSet.of(0)),
            Stage.shared(LayerSet.range(1, 3), sharing),
            new Stage(0, LayerSet.range(3, 6)));
    assertThat(read(HEADER + SHARED.replace("[2:", "[#2:")).get(0).promise().plan().stages())
        .contains(Stage.shared(LayerSet.range(1, 3), Sharing.checkered(sharing.shares())));
    assertThatThrownBy(() -> read(HEADER + SHARED.replace("gpu[2:4-11", "gpu[4-11")))
        .hasMessageContaining("Places of an axis are written like 2:0-7, not \"4-11\"");
  }

  @Test
  void answersAreOfTheImagesInTheirOrder() throws IOException {
    EnergyModel power = new EnergyModel(5, 2, new Radio(0.4, 0.1, 1.2));
    List<MeasuredFrame> frames = read(HEADER + SPLIT + HEDGED);
    assertThat(frames.get(0).record(new MeasuredFrame.Run(1000, power, 3, 5)).answered()).isEmpty();
    assertThat(frames.get(1).record(new MeasuredFrame.Run(1000, power, 3, 5)).answered())
        .contains(new FrameRecord.Answered(ImageOrder.place(3, 8, 5), 2, true));
    assertThat(frames.get(1).record(new MeasuredFrame.Run(1000, power, 3, 0)).answered()).isEmpty();
  }

  @Test
  void lineThatWasNotFinishedIsLeftOut() throws IOException {
    assertThat(read(HEADER + SPLIT + HEDGED.substring(0, 30))).hasSize(1);
    assertThat(read(HEADER)).isEmpty();
    assertThat(new FramesFile(List.of(), GRAPH).read(folder.resolve("none.csv"))).isEmpty();
  }

  @Test
  void otherColumnsAreOurMistakeAndSaid() {
    assertThatThrownBy(() -> read("frame,latency\n1,2\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("line 2: There is no column stages");
  }

  @Test
  void energyIsThatOfTheMeasuredTimes() throws IOException {
    EnergyModel power = new EnergyModel(5, 2, new Radio(0.4, 0.1, 1.2));
    List<MeasuredFrame> frames = read(HEADER + SPLIT + HEDGED);
    FrameRecord split = frames.get(0).record(new MeasuredFrame.Run(1000, power, 3, 5));
    assertThat(split.arrivalSeconds()).isEqualTo(0.5);
    // 5 W x 0.2 s + 2 W x 0.7 s + up 0.4 x 8 Mbit + 1.2 W x 0.5 s + down 0.1 x 0.032 Mbit + 1.2 W x
    // 0.1 s = 1 + 1.4 + 3.2 + 0.6 + 0.0032 + 0.12.
    assertThat(split.outcome().joules()).isEqualTo(6.3232, offset(1e-9));
    assertThat(split.outcome().hedgeJoules()).isZero();
    FrameRecord hedged = frames.get(1).record(new MeasuredFrame.Run(1000, power, 3, 5));
    // 5 W x 0.1 s + 5 W x 0.4 s + 2 W x 0.1 s + up 0.4 x 2 Mbit.
    assertThat(hedged.outcome().joules()).isEqualTo(0.5 + 2 + 0.2 + 0.8, offset(1e-9));
    assertThat(hedged.outcome().hedgeJoules()).isEqualTo(2, offset(1e-9));
    assertThat(hedged.outcome().hedgeWon()).isTrue();
  }
}
