package io.cleave.agents.dnn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A part of a network, loaded and ready. Several threads may run it at once. */
final class Slice implements AutoCloseable {
  private final String label;
  private final Frontier frontier;
  private final ai.djl.Model session;
  private final long bytes;
  private final Queue<Room> rooms = new ConcurrentLinkedQueue<>(); // one for each run at a time

  private Slice(String label, Frontier frontier, ai.djl.Model session, long bytes) {
    this.label = label;
    this.frontier = frontier;
    this.session = session;
    this.bytes = bytes;
  }

  /**
   * Loads a part from an ONNX file, which is not needed any more afterwards.
   *
   * @param label named in errors
   * @param threads that one run may use
   */
  static Slice load(String label, Frontier frontier, Path file, int threads) throws IOException {
    ai.djl.Model session = OnnxRuntime.engine().newModel(label, Device.cpu());
    try {
      long bytes = Files.size(file);
      session.load(
          file,
          null,
          Map.of("intraOpNumThreads", String.valueOf(threads), "interOpNumThreads", "1"));
      return new Slice(label, frontier, session, bytes);
    } catch (MalformedModelException error) {
      session.close();
      throw new ModelFormatException(
          "%s is refused by the engine: %s".formatted(label, String.valueOf(error.getCause())));
    } catch (IOException | RuntimeException error) {
      session.close();
      throw error;
    }
  }

  /** Size of its file; in memory it takes up to twice as much. */
  long bytes() {
    return bytes;
  }

  /** Runs on zeros, so that what is made at a first run is there when it counts. */
  void warmUp() {
    run(frontier.inputs().stream().map(Tensors::zeros).toList());
  }

  /**
   * @throws IllegalArgumentException if a tensor is missing, or one is not wanted or does not fit
   */
  List<TensorValue> run(List<TensorValue> inputs) {
    List<TensorValue> ordered = checked(inputs);
    Room room = Optional.ofNullable(rooms.poll()).orElseGet(Room::new);
    try (NDManager manager = session.getNDManager().newSubManager()) {
      NDList entered = new NDList();
      room.laid(ordered).forEach(value -> entered.add(Tensors.enter(value, manager)));
      NDList answers =
          session.getBlock().forward(new ParameterStore(manager, false), entered, false);
      List<TensorValue> outputs = new ArrayList<>();
      for (NDArray answer : answers) {
        outputs.add(Tensors.leave(answer));
      }
      return outputs;
    } catch (EngineException error) {
      throw new IllegalStateException(
          "%s failed in the engine: %s".formatted(label, String.valueOf(error.getCause())), error);
    } finally {
      rooms.add(room); // the engine is through with it
    }
  }

  private List<TensorValue> checked(List<TensorValue> inputs) {
    Map<String, TensorValue> given = new LinkedHashMap<>();
    inputs.forEach(value -> given.put(value.name(), value));
    List<TensorValue> ordered = new ArrayList<>();
    for (Tensor wanted : frontier.inputs()) {
      TensorValue value = given.remove(wanted.name());
      if (value == null) {
        throw new IllegalArgumentException(
            "%s needs the tensor '%s', which is not among %s."
                .formatted(label, wanted.name(), inputs.stream().map(TensorValue::name).toList()));
      }
      checkFits(value, wanted);
      ordered.add(value);
    }
    if (!given.isEmpty() || inputs.size() != ordered.size()) {
      throw new IllegalArgumentException(
          "%s takes %s, each once, not %s."
              .formatted(
                  label,
                  frontier.inputs().stream().map(Tensor::name).toList(),
                  inputs.stream().map(TensorValue::name).toList()));
    }
    return ordered;
  }

  /** The batch may differ: if the model does not leave it open, the engine says so. */
  private void checkFits(TensorValue value, Tensor wanted) {
    List<Long> dims = wanted.shape().dims();
    List<Long> given = value.shape();
    boolean fits =
        value.kind() == Tensors.kind(wanted)
            && given.size() == dims.size()
            && !given.contains(0L)
            && (dims.isEmpty()
                || given.subList(1, given.size()).equals(dims.subList(1, dims.size())));
    if (!fits) {
      throw new IllegalArgumentException(
          "%s takes '%s' as %s of %s, not as %s of %s."
              .formatted(
                  label, value.name(), wanted.type(), wanted.shape(), value.kind(), value.shape()));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
