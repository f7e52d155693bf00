//! A small module, recorded, split and run by Node: the two parts do what the one does, and the first says what it lacks.

use std::process::Command;

use anyhow::Result;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    GlobalSection, GlobalType, ImportSection, InstructionSink, MemorySection, MemoryType, RefType, TableSection, TableType, TypeSection,
    ValType,
};

use super::{Halves, mark, split};
use crate::progress::capture;

/// Enough to be worth leaving out: adds nothing, many times.
fn long(code: &mut InstructionSink) {
    for _ in 0..30 {
        code.i32_const(0).i32_add();
    }
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
            code.local_get(0).if_(wasm_encoder::BlockType::Result(ValType::I32)).i32_const(10);
            long(code);
            code.else_().i32_const(20);
            long(code);
            code.call(1).end();
        }),
        ("count", |code| {
            code.global_get(0).local_get(0).i32_add().global_set(0).global_get(0);
        }),
        ("leave", |code| {
            code.block(wasm_encoder::BlockType::Empty).local_get(0).br_if(0).i32_const(77);
            long(code);
            code.return_().end().i32_const(0).i32_load(wasm_encoder::MemArg { offset: 8, align: 2, memory_index: 0 });
            long(code);
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
    let script = format!(
        "const all = one(modules[0]); {script}; said.push(...new Uint8Array(all.memory.buffer, all.marks.value, all['marks-count'].value))"
    );
    let marks: Vec<u8> = node(&[&mark(&small())?], &script)?.split(' ').map(|mark| mark.parse().unwrap()).collect();
    split(&small(), &marks)
}

/// What the exports say to 0 and 1: of the first part alone, when the rest has come, and of the module in one piece.
fn said(halves: &Halves) -> [String; 3] {
    let ask = "const ask = (all) => said.push(...['plus', 'listed', 'call', 'indirect', 'branch', 'count', 'leave'].map((name) => `${name}:${tried(() => all[name](0))},${tried(() => all[name](1))}`));";
    let first = format!("{ask} ask(one(modules[0]))");
    let both = format!("{ask} const first = one(modules[0]); one(modules[1], {{ first }}); ask(first)");
    let modules = [halves.first.as_slice(), halves.rest.as_slice()];
    [node(&modules, &first).unwrap(), node(&modules, &both).unwrap(), node(&[&small()], &first).unwrap()]
}

#[test]
fn a_part_that_was_never_played_lacks_everything_until_the_rest_comes() {
    let [first, both, whole] = said(&recorded("").unwrap());
    assert_eq!(first.matches("missing,missing").count(), 7, "{first}");
    assert_eq!(both, whole);
    assert_eq!(whole, "plus:1,2 listed:0,2 call:1,2 indirect:0,2 branch:21,10 count:5,6 leave:77,42");
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
        ("all.count(0)", "count:5,6 leave:missing,missing"),
    ] {
        let [first, both, whole] = said(&recorded(played).unwrap());
        assert!(first.contains(alone), "{played}: {first}");
        assert_eq!(both, whole, "{played}");
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
fn marks_of_another_module_and_what_is_no_module_are_refused() {
    assert!(split(&small(), &[1, 1]).is_err());
    assert!(split(b"no module", &[]).is_err());
    assert!(mark(b"no module").is_err());
}
