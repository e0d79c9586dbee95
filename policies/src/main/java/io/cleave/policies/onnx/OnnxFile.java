package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads ONNX files, weights in files beside them included. */
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
      ModelProto model = parse(file.toString(), Files.readAllBytes(file));
      return withExternalWeights(model, file.toAbsolutePath().normalize().resolveSibling("."));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * Writes a model as one file that stands alone: as it is, to the last bit, unless weights lie in
   * files beside it, which are then taken in.
   *
   * @throws ModelFormatException if the file is cut off or no ONNX
   */
  public static void writeWhole(Path file, OutputStream out) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ModelProto model = parse(file.toString(), bytes);
    ModelProto whole =
        withExternalWeights(model, file.toAbsolutePath().normalize().resolveSibling("."));
    if (whole.equals(model)) {
      out.write(bytes);
    } else {
      whole.writeTo(out);
    }
  }

  /**
   * @param what named in errors
   */
  static ModelProto parse(String what, byte[] bytes) {
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
        throw new ModelFormatException("%s is no ONNX model: it holds no graph.".formatted(what));
      }
      return model;
    } catch (InvalidProtocolBufferException error) {
      throw new ModelFormatException(
          "%s is no ONNX model, or only part of one.".formatted(what), error);
    }
  }

  /** A file's name without its ending: what its network is called. */
  public static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".onnx") ? name.substring(0, name.length() - 5) : name;
  }

  private static ModelProto withExternalWeights(ModelProto model, Path folder) throws IOException {
    ModelProto.Builder loaded = model.toBuilder();
    for (int i = 0; i < model.getGraph().getInitializerCount(); i++) {
      TensorProto tensor = model.getGraph().getInitializer(i);
      if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        loaded.getGraphBuilder().setInitializer(i, loaded(tensor, folder.normalize()));
      }
    }
    return loaded.build();
  }

  private static TensorProto loaded(TensorProto tensor, Path folder) throws IOException {
    Map<String, String> place = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      place.put(entry.getKey(), entry.getValue());
    }
    Path file = folder.resolve(place.getOrDefault("location", "")).normalize();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      throw new ModelFormatException(
          "The weight '%s' lies in a file '%s' that is not beside the model."
              .formatted(tensor.getName(), place.getOrDefault("location", "")));
    }
    try (RandomAccessFile weights = new RandomAccessFile(file.toFile(), "r")) {
      long offset = Long.parseLong(place.getOrDefault("offset", "0"));
      long length =
          Long.parseLong(place.getOrDefault("length", String.valueOf(weights.length() - offset)));
      if (offset < 0 || length < 0 || offset + length > weights.length()) {
        throw new ModelFormatException(
            "The weight '%s' lies behind the end of %s.".formatted(tensor.getName(), file));
      }
      byte[] content = new byte[Math.toIntExact(length)];
      weights.seek(offset);
      weights.readFully(content);
      return tensor.toBuilder()
          .clearExternalData()
          .clearDataLocation()
          .setRawData(ByteString.copyFrom(content))
          .build();
    } catch (NumberFormatException error) {
      throw new ModelFormatException(
          "The weight '%s' has no readable place in %s.".formatted(tensor.getName(), file), error);
    }
  }
}
