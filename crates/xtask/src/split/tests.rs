//! A small module, recorded, split and run by Node: the two parts do what the one does, and the first says what it lacks.

use std::process::Command;

use anyhow::Result;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, ImportSection, InstructionSink, MemArg, MemorySection, MemoryType, RefType, TableSection,
    TableType, TypeSection, ValType,
};

use super::{Halves, Objects, mark, split};
use crate::progress::capture;

/// Enough to be worth leaving out: adds nothing, many times.
fn long(code: &mut InstructionSink) {
    for _ in 0..30 {
        code.i32_const(0).i32_add();
    }
}

/// Data of 32 bytes with their addresses: one that leads to the second one, that one, a table, one that something leads to that may be written, and
/// the table of methods of a trait object, in two parts: its alignment, and the place of its one method.
const DATA: [(i32, [u8; 32]); 7] = [
    (1024, word(0, 2048)),
    (2048, word(1, 7)),
    (3072, word(0, 9)),
    (4096, word(0, 5)),
    (5120, word(2, 4096)),
    (METHODS, word(2, 4)),
    (METHODS + 12, word(0, 2)),
];
/// Where that table of methods is.
const METHODS: i32 = 7168;

/// The constants among them, and a run of texts.
fn objects() -> Objects {
    Objects::new(vec![1024..1056, 2048..2080, 3072..3104, 4096..4128], vec![6000..6004, 6004..6010]).unwrap()
}

/// 32 bytes with one number among them.
const fn word(place: usize, value: u16) -> [u8; 32] {
    let mut bytes = [0; 32];
    [bytes[4 * place], bytes[4 * place + 1]] = value.to_le_bytes();
    bytes
}

const fn at(offset: u64) -> MemArg {
    MemArg { offset, align: 2, memory_index: 0 }
}

/// A function's name, and what writes its code.
type Written = (&'static str, fn(&mut InstructionSink));

/// The functions of the small module, each from number to number. 0 is imported from the page.
fn functions() -> Vec<Written> {
    vec![
        // One that others call, and one that stands in the table.
        ("plus", |code| {
            code.local_get(0).i32_const(1).i32_add();
        }),
        ("listed", |code| {
            code.local_get(0).call(0);
        }),
        ("call", |code| {
            code.local_get(0).call(1);
        }),
        ("indirect", |code| {
            code.local_get(0).i32_const(2).call_indirect(0, 0);
        }),
        ("branch", |code| {
            code.local_get(0).if_(BlockType::Result(ValType::I32)).i32_const(10);
            long(code);
            code.else_().i32_const(20);
            long(code);
            code.call(1).end();
        }),
        ("count", |code| {
            code.global_get(0).local_get(0).i32_add().global_set(0).global_get(0);
        }),
        // By way of a constant that leads to another one.
        ("follow", |code| {
            code.i32_const(0).i32_load(at(1024)).i32_load(at(4));
        }),
        // A table of which the first row is never looked up.
        ("look", |code| {
            code.local_get(0).i32_const(2).i32_shl().i32_const(3068).i32_add().i32_load(at(0));
        }),
        // The same one from its end.
        ("walk", |code| {
            code.local_get(0).i32_const(5).i32_shl().i32_const(-1).i32_mul().i32_const(3104).i32_add().i32_load(at(0));
        }),
        ("leave", |code| {
            code.block(BlockType::Empty).local_get(0).br_if(0).i32_const(77);
            long(code);
            code.return_().end().i32_const(0).i32_load(at(8));
            long(code);
        }),
        // By way of a trait object, and only sometimes.
        ("method", |code| {
            code.local_get(0).if_(BlockType::Result(ValType::I32)).local_get(0).i32_const(METHODS).i32_load(at(12)).call_indirect(0, 0);
            code.else_().i32_const(3).end();
        }),
    ]
}

/// A module with an import, a global, a table, data, and those functions.
fn small() -> Vec<u8> {
    let (mut types, mut imports, mut declared, mut code) =
        (TypeSection::new(), ImportSection::new(), FunctionSection::new(), CodeSection::new());
    types.ty().function([ValType::I32], [ValType::I32]);
    imports.import("page", "twice", EntityType::Function(0));
    let mut exports = ExportSection::new();
    for ((name, write), index) in functions().into_iter().zip(1..) {
        let mut function = Function::new([]);
        write(&mut function.instructions());
        function.instructions().end();
        declared.function(0);
        code.function(&function);
        exports.export(name, ExportKind::Func, index);
    }
    exports.export("memory", ExportKind::Memory, 0);
    let (mut tables, mut memories, mut globals) = (TableSection::new(), MemorySection::new(), GlobalSection::new());
    tables.table(TableType { element_type: RefType::FUNCREF, table64: false, minimum: 3, maximum: Some(3), shared: false });
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(5));
    let (mut elements, mut data) = (ElementSection::new(), DataSection::new());
    elements.active(None, &ConstExpr::i32_const(2), Elements::Functions(vec![2].into()));
    data.active(0, &ConstExpr::i32_const(8), [42, 0, 0, 0]);
    for (address, bytes) in DATA {
        // Without the zeros at its end, as the optimiser leaves it.
        let length = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        data.active(0, &ConstExpr::i32_const(address), bytes.into_iter().take(length));
    }
    let mut module = wasm_encoder::Module::new();
    module.section(&types).section(&imports).section(&declared).section(&tables).section(&memories).section(&globals);
    module.section(&exports).section(&elements).section(&code).section(&data);
    module.finish()
}

/// What a script makes of modules: it has `one(MODULE, more imports)` for the exports of an instance, and prints what `said` holds.
fn node(modules: &[&[u8]], script: &str) -> Result<String> {
    let numbers: Vec<String> = modules.iter().map(|bytes| format!("new Uint8Array({bytes:?})")).collect();
    let begin = "const page = { twice: (x) => 2 * x }; const said = [];
        const rest = { missing() { throw new Error('missing'); } };
        const one = (bytes, more) => new WebAssembly.Instance(new WebAssembly.Module(bytes), { page, rest, ...more }).exports;
        const tried = (run) => { try { return run(); } catch (error) { return error.message; } };";
    let text = format!("{begin} const modules = [{}]; {script}; process.stdout.write(said.join(' '));", numbers.join(","));
    capture(Command::new("node").args(["--eval", &text]))
}

/// The small module, split after a script (with `all`, its exports) has been played on it.
fn recorded(script: &str) -> Result<Halves> {
    split(&small(), &marks(script)?, &objects())
}

/// A byte for each point of the small module: whether the script came by it.
fn marks(script: &str) -> Result<Vec<u8>> {
    let script = format!(
        "const all = one(modules[0]); {script}; said.push(...new Uint8Array(all.memory.buffer, all.marks.value, all['marks-count'].value))"
    );
    Ok(node(&[&mark(&small())?], &script)?.split(' ').map(|mark| mark.parse().unwrap()).collect())
}

/// How many functions the rest takes from the first part.
fn taken(halves: &Halves) -> usize {
    let parts = wasmparser::Parser::new(0).parse_all(&halves.rest);
    let imports = parts.filter_map(|part| match part.unwrap() {
        wasmparser::Payload::ImportSection(section) => Some(section),
        _ => None,
    });
    let functions = |import: &wasmparser::Import| import.module == "first" && matches!(import.ty, wasmparser::TypeRef::Func(_));
    imports.flat_map(|section| section.into_imports()).filter(|import| functions(import.as_ref().unwrap())).count()
}

/// What the exports say to 0 and 1: of the first part alone, when the rest has come, and of the module in one piece.
fn said(halves: &Halves) -> [String; 3] {
    let ask = "const ask = (all) => said.push(...['plus', 'listed', 'call', 'indirect', 'branch', 'count', 'follow', 'look', 'walk', 'leave', 'method'].map((name) => `${name}:${tried(() => all[name](0))},${tried(() => all[name](1))}`));";
    let first = format!("{ask} ask(one(modules[0]))");
    let both = format!("{ask} const first = one(modules[0]); one(modules[1], {{ first }}); ask(first)");
    let modules = [halves.first.as_slice(), halves.rest.as_slice()];
    [node(&modules, &first).unwrap(), node(&modules, &both).unwrap(), node(&[&small()], &first).unwrap()]
}

#[test]
fn a_part_that_was_never_played_lacks_everything_until_the_rest_comes() {
    let [first, both, whole] = said(&recorded("").unwrap());
    assert_eq!(first.matches("missing,missing").count(), 11, "{first}");
    assert_eq!(both, whole);
    assert_eq!(
        whole,
        "plus:1,2 listed:0,2 call:1,2 indirect:0,2 branch:21,10 count:5,6 follow:7,7 look:0,9 walk:0,9 leave:77,42 method:3,2"
    );
}

#[test]
fn what_was_played_works_alone_and_only_that() {
    for (played, alone) in [
        ("all.call(3)", "plus:1,2 listed:missing,missing call:1,2 indirect:missing,missing branch:missing,missing"),
        ("all.indirect(3)", "listed:0,2 call:missing,missing indirect:0,2"),
        ("all.branch(1)", "branch:missing,10 count:missing,missing"),
        ("all.branch(0)", "branch:21,missing count:missing,missing"),
        ("all.leave(1)", "leave:missing,42"),
        ("all.leave(0)", "leave:77,missing"),
        ("all.count(0)", "count:5,6 follow:missing,missing"),
        // What it was not seen to call by its place is small.
        ("all.method(0)", "listed:0,2 call:missing,missing"),
        ("all.method(0)", "leave:missing,missing method:3,2"),
    ] {
        let [first, both, whole] = said(&recorded(played).unwrap());
        assert!(first.contains(alone), "{played}: {first}");
        assert_eq!(both, whole, "{played}");
    }
}

#[test]
fn what_a_measured_job_runs_is_in_the_rest_too_and_called_there() {
    for (visit, job, left) in [
        // `branch` of the rest calls `plus` of the first part.
        ("all.call(0)", "", 1),
        ("all.call(0)", "all.branch(0)", 0),
        ("all.call(0)", "all.count(0)", 1),
        // Of `branch` the first part has a piece, which the rest has whole in any case; so what it calls is a copy.
        ("all.branch(0)", "all.branch(0)", 0),
        ("", "all.branch(0)", 0),
    ] {
        let (visits, jobs) = (marks(visit).unwrap(), marks(job).unwrap());
        let marks: Vec<u8> = visits.iter().zip(&jobs).map(|(visit, job)| visit | job << 1).collect();
        let halves = split(&small(), &marks, &objects()).unwrap();
        assert_eq!(taken(&halves), left, "{visit}, {job}");
        let [first, both, whole] = said(&halves);
        assert_eq!(first, said(&recorded(visit).unwrap())[0], "{visit}, {job}: what the first part can do alone is as it was");
        assert_eq!(both, whole, "{visit}, {job}");
    }
}

#[test]
fn the_two_parts_have_one_memory_one_global_and_one_table() {
    let halves = recorded("all.count(1)").unwrap();
    let script = "const first = one(modules[0]); first.count(10); new Uint8Array(first['memory-0'].buffer)[8] = 9;
        one(modules[1], { first }); said.push(first.count(1), first.leave(1), first['table-0'].get(2)(4))";
    assert_eq!(node(&[&halves.first, &halves.rest], script).unwrap(), "16 9 8");
}

#[test]
fn an_export_taken_before_the_rest_came_leads_to_the_whole_function() {
    let halves = recorded("all.branch(1)").unwrap();
    let script = "const first = one(modules[0]); const old = first.branch; one(modules[1], { first }); said.push(old(0), old(1))";
    assert_eq!(node(&[&halves.first, &halves.rest], script).unwrap(), "21 10");
}

#[test]
fn data_are_in_the_first_part_where_it_has_a_way_to_them() {
    for (played, alone, late) in [
        // 4096 is never late: it has a way from what may be written.
        ("", "follow:missing,missing look:missing,missing", 96),
        ("all.follow(0)", "follow:7,7 look:missing,missing", 32),
        ("all.look(1)", "follow:missing,missing look:0,9 walk:missing,missing", 64),
        ("all.walk(1)", "look:missing,missing walk:0,9", 64),
        ("all.follow(0), all.look(1)", "follow:7,7 look:0,9", 0),
    ] {
        let halves = recorded(played).unwrap();
        assert_eq!(halves.late, late, "{played}");
        let [first, both, whole] = said(&halves);
        assert!(first.contains(alone), "{played}: {first}");
        assert_eq!(both, whole, "{played}");
    }
}

#[test]
fn what_was_written_before_the_rest_came_stays_written() {
    let script = "const first = one(modules[0]); const bytes = new Uint8Array(first['memory-0'].buffer); bytes[5120] = 1; bytes[8] = 9;
        one(modules[1], { first }); said.push(bytes[5120], first.leave(1), first.follow(0))";
    let halves = recorded("").unwrap();
    assert_eq!(node(&[&halves.first, &halves.rest], script).unwrap(), "1 9 7");
}

#[test]
fn the_map_of_the_linker_tells_the_constants_and_is_of_one_module() {
    let module = small();
    let ends: Vec<usize> = [10, 11].iter().map(|section| end_of(&module, *section)).collect();
    let map = |code: usize| {
        format!(
            "    Addr      Off     Size Out     In      Symbol\n       -       10 {:8x} CODE\n       -       20 {:8x} DATA\n\
             \x20     40       24       20         a.o:(.rodata..Lanon.1)\n      40       24       20                 .Lanon.1\n\
             \x20     60       44        8         <internal>:(.rodata)\n      80       64       20         a.o:(.data.counter)\n",
            code - 0x10,
            ends[1] - 0x20
        )
    };
    let read = Objects::read(&map(ends[0]), &module).unwrap();
    assert_eq!(read.apart(|range| vec![range.start + 2, range.start + 3]), [0x40..0x60, 0x60..0x63, 0x63..0x64, 0x64..0x68]);
    assert!(Objects::read(&map(ends[0] + 1), &module).is_err(), "of another module");
    assert!(Objects::read("", &module).is_err());
    assert!(Objects::new(vec![8..12, 10..16], vec![]).is_err(), "over each other");
}

/// Where a section of a module ends.
fn end_of(module: &[u8], wanted: u8) -> usize {
    let parts = wasmparser::Parser::new(0).parse_all(module);
    parts.filter_map(|part| part.unwrap().as_section()).find(|(id, _)| *id == wanted).map(|(_, range)| range.end).unwrap()
}

#[test]
fn marks_of_another_module_and_what_is_no_module_are_refused() {
    assert!(split(&small(), &[1, 1], &Objects::default()).is_err());
    assert!(split(b"no module", &[], &Objects::default()).is_err());
    assert!(mark(b"no module").is_err());
}
