package io.cleave.policies.profile;

import java.util.Arrays;
import java.util.List;

/**
 * Kinds of machines with their effective speed and power.
 *
 * <p>Each figure is tagged where it stands: [V] read in the named source, [M] from memory, to be
 * used but not quoted, [D] derived here from others. Measured profiles of your own machines are
 * better: see {@link MeasuredProfile}.
 */
@SuppressWarnings("ImmutableEnumChecker") // its fields are records of numbers
public enum DeviceClass {
  /**
   * One Cortex-M7 at 480 MHz, fp32, with its weights in external memory.
   *
   * <p>Convolution [M]: 0.1 GFLOP/s, a multiplication and an addition in ten cycles. Depthwise,
   * fully connected [D]: the ratios of the board below. Memory 0.1 GB/s, layer costs, power idle
   * 0.1 W, busy 0.6 W [M].
   */
  MICROCONTROLLER(
      "microcontroller",
      new Rates(new Rates.Flops(0.1e9, 0.027e9, 0.05e9), 0.1e9, 20e-6, 0),
      new Board(0.6, 0.1)),

  /**
   * Four Cortex-A53 at 1.2 GHz, fp32 on the processor.
   *
   * <p>Convolution [D]: 1.5 GFLOP/s on one core with NNPACK (26 GFLOP of YOLOv2 in about 17 s,
   * DeepThings) times 2.5 for four cores; inside the 1 to 6 usually seen [M]. Depthwise [D]: 25 /
   * 91 of convolution, the ratio in the public layer data of the desktop below. Memory 2.2 GB/s
   * [M]; fully connected [D]: 2 FLOP for every 4 bytes of weight read. Layer costs [M]. Power idle
   * 1.6 W, busy 5.1 W [V: "Raspberry Pi" in PureEdgeSim's files].
   */
  RASPBERRY_PI_3B(
      "raspberry-pi-3b",
      new Rates(new Rates.Flops(3.8e9, 1.04e9, 1.1e9), 2.2e9, 100e-6, 0),
      new Board(5.1, 1.6)),

  /**
   * Four Cortex-A72 at 1.5 GHz, fp32 on the processor.
   *
   * <p>Convolution [M]: 12 GFLOP/s of the 8 to 15 usually seen. Depthwise, fully connected [D] as
   * above. Memory 4 GB/s, layer costs, power idle 3.0 W of 2.7 to 3.4 and busy 6.7 W of 6.0 to 7.3
   * [M].
   */
  RASPBERRY_PI_4B(
      "raspberry-pi-4b",
      new Rates(new Rates.Flops(12e9, 3.3e9, 2e9), 4e9, 50e-6, 0),
      new Board(6.7, 3.0)),

  /**
   * 128-core Maxwell, fp32.
   *
   * <p>Convolution [D]: the TX2's 90 GFLOP/s times the ratio of their peaks, 236 / 665 [M]; a tuned
   * half-precision engine is several times faster. Depthwise, fully connected [D] as above. Memory
   * 13 GB/s, half of the peak [M]. Layer costs [M]. Power 1.8 W idle, 10 W mode [M].
   */
  JETSON_NANO(
      "jetson-nano",
      new Rates(new Rates.Flops(32e9, 8.8e9, 6.5e9), 13e9, 80e-6, 0),
      new Board(10, 1.8)),

  /**
   * 256-core Pascal, fp32.
   *
   * <p>Convolution [D]: the 30.7 GFLOP of VGG16's convolutions in 0.487 - 0.148 s, last minus first
   * of the cumulative times published with ANS [V: data; that the device is a TX2 is M]. Depthwise,
   * fully connected [D] as above. Memory 30 GB/s, half of the peak [M]. Layer costs [M]. Power 2.5
   * W idle, 15 W mode [M].
   */
  JETSON_TX2(
      "jetson-tx2",
      new Rates(new Rates.Flops(90e9, 25e9, 15e9), 30e9, 60e-6, 0),
      new Board(15, 2.5)),

  /**
   * A four-core notebook processor.
   *
   * <p>Convolution [M]: 50 GFLOP/s, the low end of the 50 to 150 seen on desktop processors.
   * Depthwise and fully connected [D]: the desktop's ratios. Memory 15 GB/s, layer costs [M]. Power
   * idle 1.7 W, busy 23.6 W [V: PureEdgeSim's files].
   */
  LAPTOP(
      "laptop", new Rates(new Rates.Flops(50e9, 14e9, 3e9), 15e9, 15e-6, 0), new Board(23.6, 1.7)),

  /**
   * A desktop server without a graphics processor.
   *
   * <p>Convolution 91, depthwise 25, fully connected 5.5 GFLOP/s [D: medians over 12,051 layer
   * times, V, of the unnamed "edge" machine published with the Neurosurgeon reproduction of
   * Tjyy-1223]. Memory 20 GB/s, layer costs [M]. Power 45 W of 30 to 60 idle, 120 W of 90 to 150
   * busy [M].
   */
  DESKTOP(
      "desktop", new Rates(new Rates.Flops(91e9, 25e9, 5.5e9), 20e9, 10e-6, 0), new Board(120, 45)),

  /**
   * A cloud machine with a graphics processor of the T4's class.
   *
   * <p>Convolution 785, fully connected 124 GFLOP/s [D: 12,325 layer times, V, of the unnamed
   * "cloud" machine of the same source]; depthwise [D]: the desktop's ratio. Memory 250 GB/s of 320
   * peak [M]. Each layer costs a launch of 40 us [D: ResNet-20 takes 2.86 ms on a g4dn.xlarge, V,
   * and has some 70 operators]. Power 10 W idle, 70 W busy, the card alone [M].
   */
  CLOUD_GPU(
      "cloud-gpu",
      new Rates(new Rates.Flops(785e9, 216e9, 124e9), 250e9, 40e-6, 0),
      new Board(70, 10));

  private record Board(double computeWatts, double idleWatts) {}

  private final String id;
  private final Rates rates;
  private final Board board;

  DeviceClass(String id, Rates rates, Board board) {
    this.id = id;
    this.rates = rates;
    this.board = board;
  }

  /** As people write it: {@code raspberry-pi-3b}. */
  public String id() {
    return id;
  }

  public Rates rates() {
    return rates;
  }

  public LayerProfile profile() {
    return new RatedProfile(rates);
  }

  /** Its power with a 4G radio, what a device outdoors has. */
  public EnergyModel energy() {
    return energy(Radio.CELLULAR_4G);
  }

  /** Its power with another radio. */
  public EnergyModel energy(Radio radio) {
    return new EnergyModel(board.computeWatts(), board.idleWatts(), radio);
  }

  /**
   * The class of this name.
   *
   * @throws IllegalArgumentException listing the known ones
   */
  public static DeviceClass byId(String id) {
    List<String> known = Arrays.stream(values()).map(DeviceClass::id).toList();
    int place = known.indexOf(id);
    if (place < 0) {
      throw new IllegalArgumentException(
          "There is no device class '%s'. Known are %s.".formatted(id, known));
    }
    return values()[place];
  }
}
