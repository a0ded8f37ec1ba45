-- neovimVisit.lua
-- Looks at the open file as its user does, and writes what is to be seen to g:result. The cursor goes to line g:line.

local function wait(what, milliseconds)
  if not vim.wait(milliseconds or 30000, what, 50) then error('nothing came of it', 2) end
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      vim.api.nvim_win_close(window, true)
      return text
    end
  end
end

local function shown(action)
  action()
  local text
  wait(function()
    text = floating_text()
    return text ~= nil
  end)
  return text
end

local function visit(seen)
  wait(function() return #vim.diagnostic.get(0) > 0 end, 60000)
  seen.warnings = vim.tbl_map(function(one) return one.message end, vim.diagnostic.get(0))
  vim.lsp.codelens.refresh()
  wait(function() return #vim.lsp.codelens.get(0) > 0 end)
  seen.lenses = vim.tbl_map(function(one) return one.command.title end, vim.lsp.codelens.get(0))
  vim.api.nvim_win_set_cursor(0, { vim.g.line, 3 })
  seen.hover = shown(vim.lsp.buf.hover)
  vim.lsp.buf.incoming_calls()
  wait(function() return #vim.fn.getqflist() > 0 end)
  seen.callers = vim.tbl_map(function(one) return one.text end, vim.fn.getqflist())
  vim.cmd('cclose')
  vim.api.nvim_win_set_cursor(0, { vim.g.line, 3 })
  seen.chains = shown(function() vim.cmd('LockChains') end)
end

local seen = { lenses = {}, warnings = {}, hover = '', callers = {}, chains = '', errors = '' }
local ok, message = pcall(visit, seen)
if not ok then seen.errors = tostring(message) .. '\n' .. vim.fn.execute('messages') end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.g.result)
vim.cmd('qall!')
