package dev.flashvsr.deploy.inspect.bench;

import dev.flashvsr.deploy.inspect.catalogue.Wording;

/** What is measured, in this order. */
public enum BenchPart {
    /** The line between this machine and the box, one way and the other. */
    LINE(
            "bench.line",
            new Wording("The line to the box and back", "Канал до машины и обратно"),
            "random bytes through the connection that is there, one way and back"),

    /** The disk on which everything is to be installed. */
    DISK(
            "bench.disk",
            new Wording("The disk: a large file and many small ones", "Диск: большой файл и множество мелких"),
            "a file of at most 1 GiB with fsync, and thousands of small files, in a directory that is removed again"),

    /** A small CUDA program. */
    COMPILE(
            "bench.compile",
            new Wording("The CUDA compiler: a small kernel, built and run", "Компилятор CUDA: пробное ядро"),
            "a kernel that doubles a number, compiled for this card and run, in a directory that is removed again"),

    /** The first card. */
    GPU(
            "bench.gpu",
            new Wording("The card: full load, copies, and how it rests", "Карта: полная нагрузка, копирование и покой"),
            "ten windows of full load (PyTorch, else the driver alone), copies, 90 % of the free memory for a moment;"
                    + " nvidia-smi beside it");

    private final String id;
    private final Wording title;
    private final String command;

    BenchPart(String id, Wording title, String command) {
        this.id = id;
        this.title = title;
        this.command = command;
    }

    /** Under which the catalogue's rules read it, as the id of a probe. */
    public String id() {
        return id;
    }

    /** For a line that says what goes on. */
    public Wording title() {
        return title;
    }

    /** What is done, as it is shown as evidence. */
    String command() {
        return command;
    }
}
