package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads ONNX files, weights in files beside them included. A file is mapped rather than copied: its
 * weights stay in the file until somebody reads them, and programs that have it open share its
 * pages. So it must not change, nor be cut off, while a model of it is in use.
 */
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
      ModelProto model = parse(file.toString(), mapped(file));
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
    ModelProto model = parse(file.toString(), mapped(file));
    if (standsAlone(model)) {
      Files.copy(file, out);
    } else {
      withExternalWeights(model, file.toAbsolutePath().normalize().resolveSibling("."))
          .writeTo(out);
    }
  }

  /**
   * @param what named in errors
   */
  static ModelProto parse(String what, byte[] bytes) {
    return parse(what, ByteString.copyFrom(bytes));
  }

  private static ByteString mapped(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return mapped(file, channel, 0, channel.size());
    }
  }

  private static ByteString mapped(Path file, FileChannel channel, long offset, long length)
      throws IOException {
    if (length > Integer.MAX_VALUE) {
      throw new ModelFormatException(
          "%s: %d bytes are more than the %d of which a model or a weight may consist. Keep large weights in files beside the model."
              .formatted(file, length, Integer.MAX_VALUE));
    }
    return UnsafeByteOperations.unsafeWrap(
        channel.map(FileChannel.MapMode.READ_ONLY, offset, length));
  }

  private static ModelProto parse(String what, ByteString content) {
    try {
      CodedInputStream in = content.newCodedInput();
      in.enableAliasing(true); // weights stay where they are
      ModelProto model = ModelProto.parseFrom(in);
      in.checkLastTagWas(0);
      if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
        throw new ModelFormatException("%s is no ONNX model: it holds no graph.".formatted(what));
      }
      return model;
    } catch (IOException error) { // memory is always read, only not always understood
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
    if (standsAlone(model)) {
      return model;
    }
    List<TensorProto> weights = model.getGraph().getInitializerList();
    ModelProto.Builder loaded = model.toBuilder();
    for (int i = 0; i < weights.size(); i++) {
      if (isExternal(weights.get(i))) {
        loaded.getGraphBuilder().setInitializer(i, loaded(weights.get(i), folder.normalize()));
      }
    }
    return loaded.build();
  }

  private static boolean standsAlone(ModelProto model) {
    return model.getGraph().getInitializerList().stream().noneMatch(OnnxFile::isExternal);
  }

  private static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
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
    try (FileChannel weights = FileChannel.open(file)) {
      long offset = Long.parseLong(place.getOrDefault("offset", "0"));
      long length =
          Long.parseLong(place.getOrDefault("length", String.valueOf(weights.size() - offset)));
      if (offset < 0 || length < 0 || length > weights.size() - offset) {
        throw new ModelFormatException(
            "The weight '%s' lies behind the end of %s.".formatted(tensor.getName(), file));
      }
      return tensor.toBuilder()
          .clearExternalData()
          .clearDataLocation()
          .setRawData(mapped(file, weights, offset, length))
          .build();
    } catch (NumberFormatException error) {
      throw new ModelFormatException(
          "The weight '%s' has no readable place in %s.".formatted(tensor.getName(), file), error);
    }
  }
}
