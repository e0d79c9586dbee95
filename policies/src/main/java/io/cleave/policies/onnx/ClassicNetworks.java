package io.cleave.policies.onnx;

/** Chains: AlexNet, VGG16, network in network, tiny YOLOv2. */
final class ClassicNetworks {
  private ClassicNetworks() {}

  /** AlexNet in one column, torchvision's variant of Krizhevsky, arXiv 1404.5997. */
  static Blueprint alexNet() {
    Blueprint b = new Blueprint("alexnet", 3, 224, 224);
    String x = b.convRelu(Blueprint.INPUT, 64, Window.padded(11, 4, 2));
    x = b.maxPool(x, Window.valid(3, 2), false);
    x = b.convRelu(x, 192, Window.same(5, 5));
    x = b.maxPool(x, Window.valid(3, 2), false);
    x = b.convRelu(x, 384, Window.same(3, 3));
    x = b.convRelu(x, 256, Window.same(3, 3));
    x = b.convRelu(x, 256, Window.same(3, 3));
    x = b.maxPool(x, Window.valid(3, 2), false);
    return b.output(head(b, x));
  }

  /** VGG16, configuration D of Simonyan and Zisserman, arXiv 1409.1556. */
  static Blueprint vgg16() {
    Blueprint b = new Blueprint("vgg16", 3, 224, 224);
    String x = Blueprint.INPUT;
    int[][] stages = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
    for (int[] stage : stages) {
      for (int i = 0; i < stage[1]; i++) {
        x = b.convRelu(x, stage[0], Window.same(3, 3));
      }
      x = b.maxPool(x, Window.valid(2, 2), false);
    }
    return b.output(head(b, x));
  }

  private static String head(Blueprint b, String x) {
    String y = b.relu(b.dense(b.flatten(x), 4096));
    y = b.relu(b.dense(y, 4096));
    return b.dense(y, 1000);
  }

  /** Network in network for ImageNet, Lin et al., arXiv 1312.4400, pools that round up. */
  static Blueprint networkInNetwork() {
    Blueprint b = new Blueprint("nin", 3, 224, 224);
    String x = perceptron(b, Blueprint.INPUT, Window.valid(11, 4), 96, 96);
    x = b.maxPool(x, Window.valid(3, 2), true);
    x = perceptron(b, x, Window.same(5, 5), 256, 256);
    x = b.maxPool(x, Window.valid(3, 2), true);
    x = perceptron(b, x, Window.same(3, 3), 384, 384);
    x = b.maxPool(x, Window.valid(3, 2), true);
    x = perceptron(b, x, Window.same(3, 3), 1024, 1000);
    return b.output(b.flatten(b.globalAveragePool(x)));
  }

  private static String perceptron(Blueprint b, String x, Window window, long wide, long last) {
    String y = b.convRelu(x, wide, window);
    y = b.convRelu(y, wide, Window.valid(1, 1));
    return b.convRelu(y, last, Window.valid(1, 1));
  }

  /** Tiny YOLOv2 for the 20 classes of VOC, Redmon and Farhadi, arXiv 1612.08242. */
  static Blueprint tinyYoloV2() {
    Blueprint b = new Blueprint("tiny-yolov2", 3, 416, 416);
    String x = Blueprint.INPUT;
    for (long channels : new long[] {16, 32, 64, 128, 256}) {
      x = b.leakyRelu(b.conv(x, channels, Window.same(3, 3)));
      x = b.maxPool(x, Window.valid(2, 2), false);
    }
    x = b.maxPoolKeepingSize(b.leakyRelu(b.conv(x, 512, Window.same(3, 3))));
    x = b.leakyRelu(b.conv(x, 1024, Window.same(3, 3)));
    x = b.leakyRelu(b.conv(x, 1024, Window.same(3, 3)));
    // 5 anchors, each 20 classes, 4 corners and a confidence.
    return b.output(b.conv(x, 125, Window.valid(1, 1)));
  }

  /** YOLOv2 for the 80 classes of COCO at 608 x 608, Redmon and Farhadi, arXiv 1612.08242. */
  static Blueprint yoloV2() {
    Blueprint b = new Blueprint("yolov2", 3, 608, 608);
    String x = leaky(b, Blueprint.INPUT, 32);
    x = leaky(b, halved(b, x), 64);
    x = bottlenecks(b, halved(b, x), 128, 1);
    x = bottlenecks(b, halved(b, x), 256, 1);
    x = bottlenecks(b, halved(b, x), 512, 2);
    String fine = b.leakyRelu(b.conv(x, 64, Window.valid(1, 1)));
    x = bottlenecks(b, halved(b, x), 1024, 2);
    x = leaky(b, leaky(b, x, 1024), 1024);
    x = leaky(b, b.concat(b.spaceToDepth(fine, 2), x), 1024);
    // 5 anchors, each 80 classes, 4 corners and a confidence.
    return b.output(b.conv(x, 425, Window.valid(1, 1)));
  }

  private static String leaky(Blueprint b, String x, long channels) {
    return b.leakyRelu(b.conv(x, channels, Window.same(3, 3)));
  }

  private static String halved(Blueprint b, String x) {
    return b.maxPool(x, Window.valid(2, 2), false);
  }

  /** A wide convolution, and so many times a narrow one and a wide one. */
  private static String bottlenecks(Blueprint b, String x, long channels, int times) {
    String y = leaky(b, x, channels);
    for (int i = 0; i < times; i++) {
      y = leaky(b, b.leakyRelu(b.conv(y, channels / 2, Window.valid(1, 1))), channels);
    }
    return y;
  }
}
