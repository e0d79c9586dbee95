package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads ONNX files. */
public final class OnnxFile {
  private OnnxFile() {}

  /**
   * The model in a file.
   *
   * @throws ModelFormatException if the file is cut off or no ONNX
   * @throws UncheckedIOException if it cannot be read
   */
  public static ModelProto read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ModelProto model = ModelProto.parseFrom(bytes);
      if (!model.hasGraph()) {
        throw new ModelFormatException("%s is no ONNX model: it holds no graph.".formatted(file));
      }
      return model;
    } catch (InvalidProtocolBufferException error) {
      throw new ModelFormatException(
          "%s is no ONNX model, or only part of one: %s".formatted(file, error.getMessage()),
          error);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A file's name without its ending. */
  static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".onnx") ? name.substring(0, name.length() - 5) : name;
  }
}
