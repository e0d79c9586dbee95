package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;

/** Networks of the zoo for images of another size than the usual one. */
final class ImageSize {
  private ImageSize() {}

  /** The same model for other images; what it declares of its outputs is then left to inference. */
  static ModelProto resized(ModelProto model, long height, long width) {
    TensorShapeProto usual = model.getGraph().getInput(0).getType().getTensorType().getShape();
    if (usual.getDim(2).getDimValue() == height && usual.getDim(3).getDimValue() == width) {
      return model;
    }
    ModelProto.Builder resized = model.toBuilder();
    TensorShapeProto.Builder input =
        resized
            .getGraphBuilder()
            .getInputBuilder(0)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder();
    input.getDimBuilder(2).setDimValue(height);
    input.getDimBuilder(3).setDimValue(width);
    resized
        .getGraphBuilder()
        .getOutputBuilderList()
        .forEach(output -> output.getTypeBuilder().getTensorTypeBuilder().clearShape());
    return resized.build();
  }
}
